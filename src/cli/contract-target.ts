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
  /** The server's idea of now where it is not this machine's, ms since 1970. */
  readonly nowMs?: number;
  /** Makes the server start one more session; absent where nobody can. */
  readonly insertSession?: () => Promise<void>;
  close(): Promise<void>;
}

const LIVE_URL = 'https://api.joinformal.com';
const MOCK_KEY = 'formal-mock-key';

/**
 * Opens `mock` (one is started in process), `live` (FORMAL_API_URL or the real service) or a URL. Keys come from
 * FORMAL_API_KEY or a file, never from the command line. Throws KitError where a key is missing.
 */
export async function openContractTarget(
  target: string,
  flags: ContractFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedTarget> {
  if (target === 'mock') return startInProcess(flags);
  const apiKey = await readKey(flags, env);
  const limited = env['FORMAL_API_KEY_LIMITED'];
  return {
    url: target === 'live' ? (env['FORMAL_API_URL'] ?? LIVE_URL) : target,
    apiKey,
    ...(limited === undefined || limited === '' ? {} : { limitedKey: limited }),
    audience: flags.audience ?? (target === 'live' ? 'live' : 'any'),
    close: async () => {},
  };
}

const HOUR_MS = 3_600_000;

/** How far behind this machine's clock the mock under test is, so that its clock can be moved on. */
const HEADROOM_HOURS = 7 * 24;

async function startInProcess(flags: ContractFlags): Promise<OpenedTarget> {
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
    audience: flags.audience ?? 'mock',
    nowMs,
    insertSession: async () => {
      const before = mock.worldSize();
      for (let hour = 0; hour < HEADROOM_HOURS && mock.worldSize() === before; hour += 1) nowMs += HOUR_MS;
    },
    close: () => mock.stop(),
  };
}

async function readKey(
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
