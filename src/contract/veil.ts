import { CODES } from '../connect/code.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Answer, Exchange, Header, JsonReading, RequestSpec } from './exchange.ts';
import type { Keys } from './key.ts';
import { createForeignRedactor, type Redactor } from './redact.ts';
import { isObject, type RunView } from './run-view.ts';
import { shapeOf } from './show.ts';

/** What must not be seen by whoever writes texts about exchanges. */
export interface VeilOptions {
  readonly keys: Keys;
  /** Its names of fields and its enumerated values stay as they are, even where a key is such a word. */
  readonly document: LoadedDocument;
  /** True: names of fields that are no names but data become shapes, for they are personal data like values. */
  readonly hidesNames: boolean;
}

interface Veil {
  readonly redact: Redactor;
  readonly words: ReadonlySet<string>;
  readonly hidesNames: boolean;
}

/**
 * The same exchanges without the keys, so that no text about them can hold one, whatever is cut off, quoted or split
 * later. What an exchange was before is its `original`. Bodies as bytes are left alone: they are never printed.
 */
export function veilView(view: RunView, options: VeilOptions): RunView {
  const veil: Veil = {
    redact: createForeignRedactor(options.keys),
    words: knownWords(options.document),
    hidesNames: options.hidesNames,
  };
  const answers = new Map<Answer, Answer>();
  const memo = new Map<Exchange, Exchange>();
  const veiled = (exchange: Exchange): Exchange => {
    const known = memo.get(exchange) ?? veilExchange(exchange, veil, answers);
    memo.set(exchange, known);
    return known;
  };
  const all = view.all().map(veiled);
  return { settings: view.settings, exchanges: (probe) => view.exchanges(probe).map(veiled), all: () => all };
}

function veilExchange(exchange: Exchange, veil: Veil, answers: Map<Answer, Answer>): Exchange {
  const { answer, failure } = exchange;
  const known = answer && (answers.get(answer) ?? veilAnswer(answer, veil));
  if (answer !== undefined && known !== undefined) answers.set(answer, known);
  return {
    ...exchange,
    request: veilRequest(exchange.request, veil),
    ...(known === undefined ? {} : { answer: known }),
    ...(failure === undefined ? {} : { failure: { ...failure, reason: veil.redact(failure.reason) } }),
    original: exchange,
  };
}

/** A request holds no key, but a cursor in it comes from the server. */
function veilRequest(request: RequestSpec, veil: Veil): RequestSpec {
  const { body } = request;
  return {
    ...request,
    path: veil.redact(request.path),
    headers: request.headers.map(([name, value]): Header => [name, veil.redact(value)]),
    ...(body === undefined ? {} : { body: veilBody(body, veil) }),
  };
}

const MAX_TEXT = 64 * 1024;

function veilBody(body: Uint8Array, veil: Veil): Uint8Array {
  if (body.byteLength > MAX_TEXT) return body;
  const text = Buffer.from(body).toString('utf8');
  if (veil.redact(text) === text) return body;
  try {
    return Buffer.from(JSON.stringify(veilValue(JSON.parse(text), veil)), 'utf8');
  } catch {
    // A body that is no JSON is one of the suite's own, and then a text like any other.
    return Buffer.from(veil.redact(text), 'utf8');
  }
}

function veilAnswer(answer: Answer, veil: Veil): Answer {
  const rawHeaders = answer.rawHeaders.map(
    ([name, value]): Header => [veil.redact(name), veil.redact(value)],
  );
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [veil.redact(name), veil.redact(value)]),
  );
  const { encodingProblem } = answer;
  return {
    ...answer,
    rawHeaders,
    headers,
    json: veilReading(answer, veil),
    ...(encodingProblem === undefined ? {} : { encodingProblem: veil.redact(encodingProblem) }),
  };
}

function veilReading({ json, body }: Answer, veil: Veil): JsonReading {
  if (!json.ok) return json;
  const text = Buffer.from(body).toString('utf8');
  // Without escapes a key in a value is a key in the text, so most answers need no second look.
  const isClean = !text.includes('\\') && veil.redact(text) === text;
  if (isClean && !veil.hidesNames) return json;
  return {
    ...json,
    value: veilValue(json.value, veil),
    duplicateKeys: json.duplicateKeys.map((name) => veilName(name, veil)),
  };
}

function veilValue(value: unknown, veil: Veil): unknown {
  if (typeof value === 'string') return veil.words.has(value) ? value : veil.redact(value);
  if (typeof value === 'number') return veilNumber(value, veil);
  if (Array.isArray(value)) return value.map((item) => veilValue(item, veil));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [veilName(name, veil), veilValue(item, veil)]),
  );
}

/** A key may be a number. */
function veilNumber(value: number, veil: Veil): unknown {
  const text = veil.redact(String(value));
  return text === String(value) ? value : text;
}

const FIELD_NAME = /^[A-Za-z_$][\w$.-]{0,63}$/;

function veilName(name: string, veil: Veil): string {
  if (veil.words.has(name)) return name;
  const plain = veil.redact(name);
  return veil.hidesNames && !FIELD_NAME.test(name) ? shapeOf(plain) : plain;
}

const wordsOfDocuments = new WeakMap<LoadedDocument, ReadonlySet<string>>();

/** Names of fields and enumerated values of a document, and the codes of Connect. */
function knownWords(document: LoadedDocument): ReadonlySet<string> {
  const known = wordsOfDocuments.get(document) ?? new Set([...Object.keys(CODES), ...wordsIn(document.root)]);
  wordsOfDocuments.set(document, known);
  return known;
}

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === 'properties' && isObject(item)) return [...Object.keys(item), ...wordsIn(item)];
    if (name === 'enum' && Array.isArray(item)) return item.filter((word) => typeof word === 'string');
    return wordsIn(item);
  });
}
