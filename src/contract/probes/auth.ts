import type { RequestSpec } from '../exchange.ts';
import { hasLetters, WRONG_KEY } from '../key.ts';
import { twinMessage } from '../learn/window.ts';
import { call, chainProbe, getCall, type Probe, type ProbeTraits, singleProbe } from '../probe.ts';
import { pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { binaryCall } from './protocol.ts';

const BODY = '{"limit":1}';

interface KeyProbe extends ProbeTraits {
  /** What stands in the key's header; undefined leaves the header out. */
  readonly value: string | undefined;
  /** Only sent where this holds. */
  readonly when?: (view: RunView) => boolean;
}

function keyProbe(id: string, { value, when, ...traits }: KeyProbe): Probe {
  const shown = value === undefined ? 'no key' : `key ${value === '' ? 'empty' : value}`;
  return singleProbe([id, `POST ${BODY} [${shown}]`], traits, (view) =>
    when === undefined || when(view)
      ? call(view.settings, BODY, { headers: { [view.settings.document.keyHeader]: value } })
      : undefined,
  );
}

/** Requests that differ from the accepted one in nothing but the key. */
export const AUTH_PROBES: readonly Probe[] = [
  chainProbe(
    ['preflight/accepted', `POST ${BODY}`],
    { bound: 1, boundLive: 2, smoke: true },
    ({ settings }, done) => {
      const isFound = pageOf(done.at(-1)) === undefined || sessionsOf(done.at(-1)).length > 0;
      const past = settings.pastWindows[done.length];
      if (done.length > 0 && (isFound || past === undefined)) return undefined;
      return call(past === undefined ? settings : { ...settings, past }, BODY);
    },
  ),
  keyProbe('auth/no-key', { value: undefined, smoke: true }),
  keyProbe('auth/empty-key', { value: '' }),
  keyProbe('auth/wrong-key', { value: WRONG_KEY, smoke: true }),
  keyProbe('auth/shorter-key', { value: '{KEY:shorter}', live: false }),
  keyProbe('auth/longer-key', { value: '{KEY:longer}', live: false }),
  keyProbe('auth/other-case-key', {
    value: '{KEY:other-case}',
    live: false,
    when: ({ settings }) => hasLetters(settings.apiKey),
  }),
  keyProbe('auth/limited-key', {
    value: '{LIMITED_KEY}',
    when: ({ settings }) => settings.hasLimitedKey,
  }),
  singleProbe(['auth/key-in-query', `POST ${BODY} ?api_key=KEY`], { live: false }, ({ settings }) => {
    const name = settings.document.keyHeader;
    const query = `api_key={KEY:url}&${name.toLowerCase()}={KEY:url}`;
    const path = `${settings.document.procedure.path}?${query}`;
    return call(settings, BODY, { path, headers: { [name]: undefined } });
  }),
  singleProbe(['auth/header-case', `POST ${BODY} [key header in mixed case]`], {}, ({ settings }) => {
    const name = settings.document.keyHeader;
    return call(settings, BODY, { headers: { [name]: undefined, [mixedCase(name)]: '{KEY}' } });
  }),
  singleProbe(['auth/bearer', `POST ${BODY} [Authorization: Bearer KEY]`], {}, ({ settings }) =>
    call(settings, BODY, {
      headers: { [settings.document.keyHeader]: undefined, Authorization: 'Bearer {KEY}' },
    }),
  ),
  singleProbe(
    ['auth/no-key-get', 'GET ?message={"limit":50,<window>} [no key], where GET is supported'],
    { needs: ['protocol/get'] },
    (view) =>
      pageOf(view.exchanges('protocol/get')[0]) === undefined
        ? undefined
        : withoutKey(view, getCall(view.settings, twinMessage(view))),
  ),
  singleProbe(
    ['auth/no-key-binary', 'POST proto{limit:50,<window>} [no key], where proto is supported'],
    { needs: ['protocol/binary'] },
    (view) => (isBinarySupported(view) ? withoutKey(view, binaryCall(view, twinMessage(view))) : undefined),
  ),
];

/** True where a binary request was answered with a binary page. */
export function isBinarySupported(view: RunView): boolean {
  return view.exchanges('protocol/binary')[0]?.answer?.status === 200;
}

function withoutKey({ settings }: RunView, request: RequestSpec): RequestSpec {
  return { ...request, headers: request.headers.filter(([name]) => name !== settings.document.keyHeader) };
}

/** Every other letter in the other case: no server could list this spelling by hand. */
function mixedCase(name: string): string {
  return [...name].map((letter, at) => (at % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join('');
}
