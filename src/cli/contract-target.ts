import { isLiveUrl } from '../contract/manners.ts';
import type { Audience } from '../contract/run-view.ts';
import { KitError } from '../errors.ts';
import { createMock } from '../mock/create-mock.ts';
import { type ContractFlags, readText } from './contract-flags.ts';

/** A server to judge, ready to be asked. */
export interface OpenedTarget {
  readonly url: string;
  readonly apiKey: string;
  readonly limitedKey?: string;
  readonly audience: Audience;
  /** True where the live manners hold, whatever the audience. */
  readonly isLive: boolean;
  /** The server's idea of now where it is not this machine's, ms since 1970. */
  readonly nowMs?: number;
  /** Makes the server start one more session; absent where nobody can. */
  readonly insertSession?: () => Promise<void>;
  close(): Promise<void>;
}

const LIVE_URL = 'https://api.joinformal.com';
const MOCK_KEY = 'formal-mock-key';

/** Where a target is, and how it is asked. */
export interface LocatedTarget {
  /** Base URL; absent for a mock that has still to be started. */
  readonly url?: string;
  readonly audience: Audience;
  readonly isLive: boolean;
}

/**
 * What `mock`, `live` or a URL stands for, without a key and without sending anything. The live manners hang on the
 * target: the word `live`, the address of FORMAL_API_URL, and hosts of Formal, or `--live-manners`.
 */
export function locateTarget(
  target: string,
  flags: Pick<ContractFlags, 'audience' | 'liveManners'>,
  env: Readonly<Record<string, string | undefined>>,
): LocatedTarget {
  const isAsked = flags.liveManners === true;
  if (target === 'mock') return { audience: flags.audience ?? 'mock', isLive: isAsked };
  const liveUrl = env['FORMAL_API_URL'] ?? LIVE_URL;
  const url = target === 'live' ? liveUrl : target;
  const isLive = isAsked || target === 'live' || isLiveUrl(url) || isSameOrigin(url, liveUrl);
  return { url, isLive, audience: flags.audience ?? (isLive ? 'live' : 'any') };
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

/**
 * Opens `mock` (one is started in process), `live` (FORMAL_API_URL or the real service) or a URL. Keys come from
 * FORMAL_API_KEY or a file, never from the command line. Throws KitError where a key is missing.
 */
export async function openContractTarget(
  target: string,
  flags: ContractFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedTarget> {
  const { url, ...located } = locateTarget(target, flags, env);
  if (url === undefined) return { ...(await startInProcess(flags)), ...located };
  const apiKey = await readKey(flags, env);
  const limited = env['FORMAL_API_KEY_LIMITED'];
  return {
    ...located,
    url,
    apiKey,
    ...(limited === undefined || limited === '' ? {} : { limitedKey: limited }),
    close: async () => {},
  };
}

const HOUR_MS = 3_600_000;

/** How far behind this machine's clock the mock under test is, so that its clock can be moved on. */
const HEADROOM_HOURS = 7 * 24;

async function startInProcess(flags: ContractFlags): Promise<Omit<OpenedTarget, 'audience' | 'isLive'>> {
  let nowMs = Date.now() - HEADROOM_HOURS * HOUR_MS;
  const options = {
    port: 0,
    apiKey: [MOCK_KEY],
    ...(flags.spec === undefined ? {} : { spec: [flags.spec] }),
  };
  const mock = await createMock(options, { clock: () => nowMs });
  const { url } = await mock.start();
  return {
    url,
    apiKey: MOCK_KEY,
    nowMs,
    insertSession: async () => {
      const before = mock.worldSize();
      for (let hour = 0; hour < HEADROOM_HOURS && mock.worldSize() === before; hour += 1) nowMs += HOUR_MS;
    },
    close: () => mock.stop(),
  };
}

/** The key of FORMAL_API_KEY or of the file that is named. Throws KitError ERR_OPTION_INVALID where there is none. */
export async function readKey(
  { apiKeyFile }: ContractFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const text = apiKeyFile === undefined ? env['FORMAL_API_KEY'] : await readText('api-key-file', apiKeyFile);
  const apiKey = (text ?? '').trim();
  if (apiKey !== '') return apiKey;
  throw new KitError('ERR_OPTION_INVALID', {
    option: apiKeyFile === undefined ? 'FORMAL_API_KEY' : '--api-key-file',
    expected: 'the key of the server under test',
    value: 'nothing',
  });
}
