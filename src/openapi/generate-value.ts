import { compileValidator } from './compile-validator.ts';
import { createGeneration } from './create-generation.ts';
import { type ListPosition, NoValueError, type Place } from './generation.ts';
import { parsePointer } from './json-pointer.ts';
import { keyOfId, knownPerson } from './known-values.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { meetsSchema } from './meets-schema.ts';
import { DEFAULT_NAMES, type NamedPerson, type NameSource } from './name-source.ts';
import { isJsonObject, type JsonValue } from './schema-object.ts';
import { namedPointer, propertiesOf, schemaAt } from './schema-view.ts';
import { kindOf, subjectOf } from './subject.ts';
import { nounOf, wordsOf } from './words.ts';

/** What a generated value depends on; equal options give an equal value. */
export interface GenerateOptions {
  /** Same key, same value; e.g. the seed and the request. */
  readonly key: string;
  /** The present in ms since 1970, which times are placed around; default 2026-01-15T12:00:00Z. */
  readonly now?: number;
  /** People, resources and connectors to speak of; default a small set of its own. */
  readonly names?: NameSource;
  /** `response` (the default) leaves out `writeOnly` properties, `request` those that are `readOnly`. */
  readonly direction?: 'request' | 'response';
  /** True takes examples and defaults of schemas wherever there are some; default false. */
  readonly prefersExamples?: boolean;
  /** Properties of the value that are known already, e.g. from the path; used where their schemas accept them. */
  readonly given?: Readonly<Record<string, JsonValue>>;
  /** Name of the property or list the value is for, which decides what it holds; default none. */
  readonly name?: string;
  /** Resolves `x-faker: NAME`; undefined leaves the value to its schema. Draws are numbers from 0 up to 1. */
  readonly faker?: (name: string, draw: () => number) => JsonValue | undefined;
}

/** Thursday noon: office hours in most time zones. */
const DEFAULT_NOW = Date.UTC(2026, 0, 15, 12);

/** Tries before a schema is given up; each later one leaves out more of what is optional. */
const ATTEMPTS = 24;

/**
 * A believable value that the schema at a pointer accepts: names of properties decide what they hold, objects
 * are about one subject, people and resources come from `names`. Throws RangeError where none was found.
 */
export function generateValue(
  document: LoadedDocument,
  schemaRef: string,
  options: GenerateOptions,
): JsonValue {
  const value = generateAt(document, schemaRef, { options });
  return withKnownObject(document, { schemaRef, value }, options);
}

/**
 * Where the answer only wraps the object that has the known id, as `{ user: … }` does, the object is made on its
 * own: then it equals the one that an answer without a wrapper, or a list, would show.
 */
function withKnownObject(
  document: LoadedDocument,
  { schemaRef, value }: { readonly schemaRef: string; readonly value: JsonValue },
  options: GenerateOptions,
): JsonValue {
  const isKnown = options.given?.['id'] !== undefined || personGiven(options) !== undefined;
  if (!isKnown || !isJsonObject(value)) return value;
  const { root } = document;
  const properties = propertiesOf(root, schemaAt(root, schemaRef));
  const wrapped = properties.filter((at) => propertiesOf(root, at).some(({ name }) => name === 'id'));
  const [only] = wrapped;
  const isWrapper = wrapped.length === 1 && !properties.some(({ name }) => name === 'id');
  if (only === undefined || !isWrapper || !(only.name in value)) return value;
  const held = generateAt(document, only.pointer, { options: { ...options, name: only.name } });
  const whole = { ...value, [only.name]: held };
  return compileValidator(document, schemaRef, { direction: options.direction ?? 'response' })(whole)
    .length === 0
    ? whole
    : value;
}

/** Who is meant by an e-mail address that is known. */
function personGiven({ given, names = DEFAULT_NAMES }: GenerateOptions): NamedPerson | undefined {
  return knownPerson(given, names.people);
}

/** True where a schema's name says that its values are people. */
function isAboutPerson({ root }: LoadedDocument, schemaRef: string): boolean {
  const name = parsePointer(namedPointer(schemaAt(root, schemaRef))).at(-1) ?? '';
  return kindOf(nounOf(name)) === 'person';
}

/** What to make, and whom it is about where it stands in a list. */
export interface GenerateRequest {
  readonly options: GenerateOptions;
  /** Set for an item of a list that is made item by item. */
  readonly position?: ListPosition;
}

/** As {@link generateValue}, for a value that may be one of a list. */
export function generateAt(document: LoadedDocument, schemaRef: string, request: GenerateRequest): JsonValue {
  const { direction = 'response', prefersExamples = false } = request.options;
  const validate = compileValidator(document, schemaRef, { direction, maxViolations: 1 });
  let reason = 'no value was found';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Examples may be wrong themselves, so the later half of all tries does without them.
    const options = { ...request.options, prefersExamples: prefersExamples && attempt < ATTEMPTS / 2 };
    const made = tryValue(document, schemaRef, { ...request, options, attempt });
    if ('reason' in made) {
      reason = made.reason;
      continue;
    }
    const [violation] = validate(made.value);
    if (violation === undefined) return made.value;
    reason = violation.message;
  }
  // The value that was found at the start is better than none.
  const probed = direction === 'response' ? probeValue(document, schemaRef) : { reason };
  if ('value' in probed && validate(probed.value).length === 0) return probed.value;
  throw new RangeError(`no value can be made up for ${schemaRef}: ${reason}`);
}

/** Tries before a schema counts as one that no value meets, counted from where all that is optional is left out. */
const PROBES = { first: 12, last: 24 } as const;

/** The one value of an answer's schema that depends on the document alone, or why there is none. Compiles nothing. */
export function probeValue(
  document: LoadedDocument,
  schemaRef: string,
): { readonly value: JsonValue } | { readonly reason: string } {
  const { root } = document;
  const { schema } = schemaAt(root, schemaRef);
  let reason = 'no value was found';
  for (let attempt = PROBES.first; attempt < PROBES.last; attempt++) {
    const made = tryValue(document, schemaRef, { options: { key: 'probe' }, attempt });
    if ('value' in made && meetsSchema({ root, direction: 'response' }, schema, made.value)) return made;
    reason = 'reason' in made ? made.reason : 'its keywords contradict each other';
  }
  return { reason };
}

/** One try, not checked against the schema: a value, or why there is none. */
export function tryValue(
  document: LoadedDocument,
  schemaRef: string,
  { options, position, attempt }: GenerateRequest & { readonly attempt: number },
): { readonly value: JsonValue } | { readonly reason: string } {
  const {
    names = DEFAULT_NAMES,
    now = DEFAULT_NOW,
    direction = 'response',
    prefersExamples = false,
  } = options;
  const id =
    options.given?.['id'] ?? (isAboutPerson(document, schemaRef) ? personGiven(options)?.id : undefined);
  // An object with an id is the same in every answer, so its values must not follow from the request.
  const base = id === undefined || id === null ? options.key : keyOfId(id);
  const key = attempt === 0 ? base : `${base}#${attempt}`;
  const settings = { key, names, now, direction, prefersExamples, faker: options.faker, attempt };
  const generation = createGeneration(document, settings);
  const words = wordsOf(options.name ?? '');
  const place: Place = {
    path: '',
    words,
    subject: subjectOf({ names, now, key, entity: nounOf(words), ...position }),
    around: [],
    depth: 0,
    ...(position === undefined ? {} : { index: position }),
    ...(options.given === undefined ? {} : { given: options.given }),
  };
  try {
    return { value: generation.valueAt(place, [schemaAt(document.root, schemaRef)]) };
  } catch (error) {
    if (error instanceof NoValueError) return { reason: error.message };
    throw error;
  }
}
