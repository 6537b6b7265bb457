import type { ContractDocument } from './contract-document.ts';
import type { Exchange, JsonReading } from './exchange.ts';
import type { ContractFacts } from './facts.ts';
import type { ShowValue } from './show.ts';

/** Whose server is judged: decides how severe a deviation is. */
export type Audience = 'mock' | 'any' | 'live';

/** A span of time for `startTimestamp` and `endTimestamp`, in milliseconds since 1970. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** What a run was asked to do, with everything resolved. */
export interface RunSettings {
  readonly audience: Audience;
  /** The document that is judged by. */
  readonly document: ContractDocument;
  /** Largest `limit` a probe with data asks for: 50, or the document's maximum where that is lower. */
  readonly pageLimit: number;
  /** Where a considerate run looks for sessions, the likeliest first; empty where a run may look anywhere. */
  readonly pastWindows: readonly TimeWindow[];
  /** The one of them that every request without bounds of its own is kept to, once the preflight has found it. */
  readonly past?: TimeWindow;
  /** Window to probe in; otherwise one is chosen from the first page. */
  readonly window?: TimeWindow;
  /** True when a key without rights was given. */
  readonly hasLimitedKey: boolean;
  /** The key under test, for the checks that it is never echoed. Reports pass through a redactor. */
  readonly apiKey: string;
  /** The target's idea of now, milliseconds since 1970. */
  readonly nowMs: number;
  /** Facts learnt in an earlier run; asserted instead of our own choices. */
  readonly profile?: ContractFacts;
  /** p95 above which performance fails; absent: only observed. Milliseconds. */
  readonly maxP95Ms?: number;
  readonly show: ShowValue;
  /** True where reports hold values as they are. */
  readonly showsValues: boolean;
}

/** Everything a probe may build on and a case may judge: the settings and the exchanges so far. */
export interface RunView {
  readonly settings: RunSettings;
  /** Exchanges of one probe in order; empty when it was not sent. */
  exchanges(probe: string): readonly Exchange[];
  /** Every exchange of the run once, in the order sent. */
  all(): readonly Exchange[];
}

/** A JSON object of an answer, as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON reading; undefined where there is none. */
export function jsonValue(reading: JsonReading | undefined): unknown {
  return reading?.ok === true ? reading.value : undefined;
}

/** The page of a 200 answer with a JSON object; undefined for everything else. */
export function pageOf(exchange: Exchange | undefined): JsonObject | undefined {
  if (exchange?.answer?.status !== 200) return undefined;
  const value = jsonValue(exchange.answer.json);
  return isObject(value) ? value : undefined;
}

/** Pages never change, and nearly everything that is asked of a run asks for their sessions. */
const sessionsOfPages = new WeakMap<JsonObject, readonly JsonObject[]>();

/** The sessions of a page that are objects; empty for everything else. */
export function sessionsOf(exchange: Exchange | undefined): readonly JsonObject[] {
  const page = pageOf(exchange);
  if (page === undefined) return [];
  const list = page['sessions'];
  const known = sessionsOfPages.get(page) ?? (Array.isArray(list) ? list.filter(isObject) : []);
  sessionsOfPages.set(page, known);
  return known;
}

/** The ids of a page in order; `undefined` stands for a session without a usable id. */
export function idsOf(exchange: Exchange | undefined): readonly string[] {
  return sessionsOf(exchange).map(idOf);
}

/** The id of a session; a session without one is told from others by its content. */
export function idOf(session: JsonObject): string {
  const id = session['id'];
  return typeof id === 'string' && id !== '' ? id : `(no id) ${JSON.stringify(session)}`;
}

/** `listMetadata` of a page; empty where it is missing. */
export function metadataOf(exchange: Exchange | undefined): JsonObject {
  const metadata = pageOf(exchange)?.['listMetadata'];
  return isObject(metadata) ? metadata : {};
}

/** The cursor of the next page; undefined on the last. */
export function nextCursorOf(exchange: Exchange | undefined): string | undefined {
  const cursor = metadataOf(exchange)['nextCursor'];
  return typeof cursor === 'string' && cursor !== '' ? cursor : undefined;
}

/** A member by a path of keys: `['user', 'formal']`. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
}

/**
 * The instant of a time in any form a server might use, in milliseconds. Lenient on purpose: the exact form is
 * judged in one place, and a wrong form must not hide what else is wrong.
 */
export function instantOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000;
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms + subMillisecond(value);
}

function subMillisecond(text: string): number {
  const digits = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return digits === undefined ? 0 : Number(`0.${digits}`);
}

/** The start of a session in milliseconds. */
export function startOf(session: JsonObject): number | undefined {
  return instantOf(session['startTime']);
}
