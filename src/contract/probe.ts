import type { Exchange, Header, RequestMessage, RequestSpec } from './exchange.ts';
import { keepMessageInPast, keepTextInPast } from './past.ts';
import type { RunSettings, RunView } from './run-view.ts';

export type { RequestMessage } from './exchange.ts';

/**
 * A planned question to the server: one request, or a short chain where each depends on the answer before.
 * Cases name the probes they look at; a request that two probes share is sent once.
 */
export interface Probe {
  /** `area/what`. */
  readonly id: string;
  /** The request as people read it, with `<placeholders>` for what is taken from earlier answers. */
  readonly template: string;
  /** Most requests it may send. */
  readonly bound: number;
  /** The same where the run keeps to the manners of the live service, smoke runs aside. */
  readonly boundLive: number;
  /** False: never sent to the live service. */
  readonly live: boolean;
  /** True: part of a smoke run. */
  readonly smoke: boolean;
  /** True: only sent with `--deep`. */
  readonly deep: boolean;
  /** Probes whose answers it builds on. */
  readonly needs: readonly string[];
  /** True: sent even if an equal request was sent before, because the comparison of both is the point. */
  readonly repeat: boolean;
  /** Position of the request before which a new session must start; such probes need a caller who can do that. */
  readonly insertsBefore?: number;
  /** The next request, or undefined when there is nothing (more) to ask. */
  next(view: RunView, done: readonly Exchange[]): RequestSpec | undefined;
}

/** What a probe has besides its requests; everything defaults to the ordinary. */
export interface ProbeTraits {
  readonly live?: boolean;
  readonly smoke?: boolean;
  readonly deep?: boolean;
  readonly needs?: readonly string[];
  readonly repeat?: boolean;
}

/** Most requests and the traits of a chain. */
export interface ChainTraits extends ProbeTraits {
  readonly bound: number;
  /** Default: the same as `bound`. */
  readonly boundLive?: number;
}

/** A probe that asks several times, each time knowing the answers so far. */
export function chainProbe(
  [id, template]: readonly [id: string, template: string],
  traits: ChainTraits,
  next: Probe['next'],
): Probe {
  return {
    id,
    template,
    bound: traits.bound,
    boundLive: traits.boundLive ?? traits.bound,
    live: traits.live ?? true,
    smoke: traits.smoke ?? false,
    deep: traits.deep ?? false,
    needs: traits.needs ?? [],
    repeat: traits.repeat ?? false,
    next: (view, done) =>
      done.length < Math.max(traits.bound, traits.boundLive ?? 0) ? next(view, done) : undefined,
  };
}

/** A probe of one request that may depend on earlier answers. */
export function singleProbe(
  name: readonly [id: string, template: string],
  traits: ProbeTraits,
  request: (view: RunView) => RequestSpec | undefined,
): Probe {
  return chainProbe(name, { ...traits, bound: 1 }, (view) => request(view));
}

/** What differs from an ordinary call. */
export interface CallChanges {
  /** Headers that replace the ordinary ones; a name without a value leaves the header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly method?: string;
  /** Replaces the path below the base URL. */
  readonly path?: string;
  /** True: asks for data although its limit is none or not an ordinary one. */
  readonly isForData?: boolean;
}

/**
 * An ordinary call with a message, or with a body given as text or bytes. Where the run keeps to the past, messages and
 * texts get a closed window of time; bytes are sent as they are.
 */
export function call(
  settings: RunSettings,
  body: RequestMessage | string | Uint8Array,
  changes: CallChanges = {},
): RequestSpec {
  return {
    method: changes.method ?? 'POST',
    path: changes.path ?? settings.document.procedure.path,
    headers: mergeHeaders(settings, changes.headers ?? {}),
    body: body instanceof Uint8Array ? body : Buffer.from(textOf(settings, body, changes.isForData), 'utf8'),
  };
}

function textOf(settings: RunSettings, body: RequestMessage | string, isForData?: boolean): string {
  return typeof body === 'string'
    ? keepTextInPast(settings, body, isForData)
    : JSON.stringify(keepMessageInPast(settings, body, isForData));
}

/** A Connect GET with a message in its query string. */
export function getCall(settings: RunSettings, message: RequestMessage): RequestSpec {
  const text = JSON.stringify(keepMessageInPast(settings, message));
  const query = `encoding=json&message=${encodeURIComponent(text)}&connect=v1`;
  const headers: Header[] = [[settings.document.keyHeader, '{KEY}']];
  return { method: 'GET', path: `${settings.document.procedure.path}?${query}`, headers };
}

function mergeHeaders(settings: RunSettings, changes: NonNullable<CallChanges['headers']>): Header[] {
  const ordinary: Record<string, string | undefined> = {
    'Content-Type': 'application/json',
    [settings.document.keyHeader]: '{KEY}',
  };
  const merged = Object.entries({ ...ordinary, ...changes });
  return merged.flatMap(([name, value]): Header[] => (value === undefined ? [] : [[name, value]]));
}

/** A probe whose JSON body is fixed: `json(['limits/zero', '{"limit":0}'])`. */
export function jsonProbe(
  [id, body]: readonly [id: string, body: string],
  traits: ProbeTraits = {},
  changes: CallChanges = {},
): Probe {
  const shown = `${changes.method ?? 'POST'} ${body}${describeChanges(changes)}`;
  return singleProbe([id, shown], traits, ({ settings }) => call(settings, body, changes));
}

function describeChanges(changes: CallChanges): string {
  const headers = Object.entries(changes.headers ?? {});
  return headers.map(([name, value]) => ` [${name}: ${value ?? 'left out'}]`).join('');
}
