/** A session as the honest server keeps and writes it. */
export interface StoredSession {
  readonly id: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly duration?: string;
  readonly sessionStatus: string;
  readonly network: { readonly clientIpAddress: string; readonly serverIpAddress: string };
  readonly user?: unknown;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly name: string;
    readonly technology: string;
  };
  readonly connector?: { readonly id: string; readonly name: string };
  readonly parentSessionId?: string;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const FIRST_START = Date.UTC(2025, 2, 3, 8, 0, 0);
const TECHNOLOGIES = ['postgres', 'ssh', 'mysql', 'http'];

/** A small generator with a fixed seed: the same sessions on every machine. */
function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** TypeID of a UUIDv7 at an instant. */
export function typeId(prefix: string, ms: number, random: bigint): string {
  const uuid =
    (BigInt(ms) << 80n) |
    (7n << 76n) |
    ((random & 0xfffn) << 64n) |
    (2n << 62n) |
    (random & 0x3fffffffffffffffn);
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((uuid >> shift) & 31n)];
  return `${prefix}_${text}`;
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function durationText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${(ms / 1000).toFixed(3)}s`;
}

function userOf(at: number): unknown {
  if (at % 17 === 3) return { type: 'native', username: 'postgres', native: { username: 'postgres' } };
  const name = `person${at % 7}`;
  const info = {
    id: typeId('user', FIRST_START, BigInt(at % 7)),
    name: `Person ${at % 7}`,
    email: `${name}@acme.test`,
    type: 'human',
    groups: ['Engineering'],
    ...(at % 3 === 0 ? { externalIds: [String(100 + (at % 7))] } : {}),
  };
  return {
    type: 'formal',
    username: `idp:formal:human:${name}@acme.test`,
    formal: { user: info, endUser: info },
  };
}

/** Sessions newest first, with ties in start, in status and in technology. */
export function createSessions(count: number, seed = 1): StoredSession[] {
  const draw = createDraw(seed);
  const sessions: StoredSession[] = [];
  let ms = FIRST_START;
  for (let at = 0; at < count; at++) {
    if (at % 5 !== 1) ms += 1000 * Math.ceil(draw() * 900) + (at % 4 === 0 ? 0 : Math.floor(draw() * 999));
    sessions.push(
      createSession(at, { ms, draw, parent: at > 0 && at % 11 === 0 ? sessions[at - 1]?.id : undefined }),
    );
  }
  return sessions.toSorted(
    (a, b) => Date.parse(b.startTime) - Date.parse(a.startTime) || (a.id < b.id ? 1 : -1),
  );
}

interface Drawn {
  readonly ms: number;
  readonly draw: () => number;
  readonly parent: string | undefined;
}

function createSession(at: number, { ms, draw, parent }: Drawn): StoredSession {
  const status = at % 9 === 4 ? 'active' : at % 13 === 6 ? 'idle' : 'completed';
  const lasted = Math.floor(draw() * 600_000);
  const technology = TECHNOLOGIES[Math.floor(draw() * 4)] ?? 'ssh';
  return {
    id: typeId('session', ms, BigInt(Math.floor(draw() * 2 ** 40)) * 4096n + BigInt(at)),
    startTime: timeText(ms),
    ...(status === 'completed' ? { endTime: timeText(ms + lasted), duration: durationText(lasted) } : {}),
    sessionStatus: status,
    network: { clientIpAddress: `10.0.0.${at % 250}`, serverIpAddress: '2001:db8::7' },
    ...(at % 19 === 5 ? {} : { user: userOf(at) }),
    resource: {
      type: 'datastore',
      id: typeId('resource', FIRST_START, BigInt(at % 5)),
      name: `res-${at % 5}`,
      technology,
    },
    ...(at % 6 === 2
      ? {}
      : { connector: { id: typeId('connector', FIRST_START, BigInt(at % 2)), name: `eu-west-${at % 2}` } }),
    ...(parent === undefined ? {} : { parentSessionId: parent }),
  };
}
