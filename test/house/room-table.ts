/** What the files of one room may import. */
export interface Room {
  /** Other rooms; `errors.ts` and the room itself are always allowed. */
  readonly rooms: readonly string[];
  /** npm packages. */
  readonly packages: readonly string[];
  /** Node built-ins that reach outside the program. */
  readonly effects: readonly string[];
  /** How many files of the room may hold those effects. */
  readonly effectFiles: number;
}

const NETWORK = ['node:http', 'node:http2', 'node:https', 'node:net', 'node:tls'];
const DISK = ['node:fs', 'node:fs/promises'];
const PROCESS = [
  'node:process',
  'node:os',
  'node:module',
  'node:readline',
  'node:child_process',
  'node:worker_threads',
  'node:v8',
];
const BELOW_CLI = ['connect', 'openapi', 'query', 'world', 'files', 'sessions', 'mock', 'contract', 'seed'];

/**
 * The rooms of the house: who may import whom, and where effects live.
 * A new room or a new arrow is a decision: it is written here and in `src/README.md` together.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  'errors.ts': room([], []),
  connect: room([], []),
  openapi: room(['connect'], ['ajv', 'yaml', 'openapi-types'], DISK, 1),
  query: room([], []),
  world: room([], ['@faker-js/faker']),
  files: room(['openapi', 'world', 'sessions'], ['ajv', 'selfsigned'], DISK),
  sessions: room(['connect', 'query', 'world'], []),
  mock: room(
    ['connect', 'openapi', 'sessions', 'world', 'files'],
    ['express', 'pino', 'fastest-levenshtein', 'prom-client'],
    NETWORK,
    2,
  ),
  contract: room(['connect', 'openapi'], [], NETWORK, 1),
  seed: room(
    ['sessions', 'world', 'files', 'openapi'],
    ['pg', 'pg-copy-streams', 'hyparquet-writer'],
    [...DISK, ...NETWORK],
  ),
  cli: room([...BELOW_CLI, 'index.ts'], ['commander', 'pino'], [...DISK, ...NETWORK, ...PROCESS]),
  'index.ts': room(BELOW_CLI, []),
  'vitest.ts': room([...BELOW_CLI, 'index.ts'], ['vitest']),
};

/** Packages that only some files of their room may load. */
export const PACKAGE_FILES: Readonly<Record<string, RegExp>> = {
  '@faker-js/faker': /^world\/(build-directory|faker-values|people)\.ts$/,
};

/** Built-ins that compute and touch nothing: every room may use them. */
export const PURE_BUILTINS: readonly string[] = [
  'node:assert',
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:path',
  'node:path/posix',
  'node:querystring',
  'node:stream',
  'node:stream/promises',
  'node:string_decoder',
  'node:timers/promises',
  'node:url',
  'node:util',
  'node:vm',
  'node:zlib',
];

/** What computes and touches nothing in the built-ins that otherwise reach outside. */
export const PURE_NAMES: Readonly<Record<string, readonly string[]>> = {
  'node:net': ['isIP', 'isIPv4', 'isIPv6'],
  'node:http': ['STATUS_CODES', 'METHODS'],
};

/** Files that only pass on what others export: the package's own entry points. */
export const PUBLIC_SURFACES: readonly string[] = [
  'index.ts',
  'vitest.ts',
  'query/index.ts',
  'contract/index.ts',
];

function room(
  rooms: readonly string[],
  packages: readonly string[],
  effects: readonly string[] = [],
  effectFiles = Number.POSITIVE_INFINITY,
): Room {
  return { rooms, packages, effects, effectFiles };
}
