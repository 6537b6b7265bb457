import type { ColumnBlock, ColumnSource } from '../../src/query/columns.ts';
import type { EntityColumn } from '../../src/query/session-fields.ts';

/** A small made-up world: columns, and the same sessions as plain documents. */
export interface SyntheticWorld extends ColumnSource {
  readonly length: number;
  readonly now: number;
  readonly blocks: readonly ColumnBlock[];
  readonly documents: readonly Readonly<Record<string, unknown>>[];
}

const NOW = Date.UTC(2026, 0, 15, 12);
const BLOCK_ROWS = 350;

const PEOPLE = ['Alice Martin', 'Bob Stone', 'Ann Alice Smith', "Dave O'Neil", 'ΣΊΣΥΦΟΣ', 'אליס', '😀 Zoë'];
const GROUPS = [['engineering', 'on-call'], ['admin'], ['Admin'], [], undefined, ['services', '']];

function person(number: number): Record<string, unknown> {
  const name = PEOPLE[number % PEOPLE.length] ?? '';
  const groups = GROUPS[number % GROUPS.length];
  const base = { id: `user_${number}`, name, ...(groups === undefined ? {} : { groups }) };
  if (number % 3 === 2) return { ...base, type: 'machine', externalIds: [`${number}`, 'x*y'] };
  return { ...base, email: `${name.split(' ')[0]?.toLowerCase()}.${number}@example.com`, type: 'human' };
}

const DICTIONARIES: Readonly<Record<EntityColumn, readonly object[]>> = {
  user: [
    {},
    ...Array.from({ length: 30 }, (_, number) =>
      number % 7 === 6
        ? { user: { type: 'native', username: `native_${number}`, native: { username: `native_${number}` } } }
        : {
            user: {
              type: 'formal',
              username: `idp:formal:human:${number}`,
              formal: { user: person(number) },
            },
          },
    ),
  ],
  endUser: [
    {},
    ...Array.from({ length: 9 }, (_, number) => ({ user: { formal: { endUser: person(number) } } })),
  ],
  resource: [
    {},
    ...['postgres', 'mysql', 'ssh', 'http'].flatMap((technology, number) => [
      {
        resource: {
          type: 'datastore',
          id: `resource_${number}`,
          name: `production-${technology}`,
          technology,
        },
      },
      {
        resource: {
          type: 'instance',
          id: `resource_x${number}`,
          name: `Analytics ${technology} replica`,
          technology,
        },
      },
    ]),
  ],
  connector: [
    {},
    { connector: { id: 'connector_1', name: 'us-east-1' } },
    { connector: { name: 'eu-west-1' } },
  ],
  sidecar: [{}, { sidecar: { id: 'sidecar_1', name: 'old one', technology: 'postgres' } }],
  clientIp: [
    {},
    ...['10.0.0.5', '10.0.0.20', '192.168.1.9', '2001:db8::7'].map((clientIpAddress) => ({
      network: { clientIpAddress },
    })),
  ],
  serverIp: [{}, { network: { serverIpAddress: '172.16.0.1' } }],
};

/** Numbers in [0, 1) that are the same every time. */
function createNoise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const idAt = (index: number): string => `session_${String(index).padStart(6, '0')}`;

/** Makes the world: `length` sessions up to a fixed now. */
export function createSyntheticWorld(length: number): SyntheticWorld {
  const noise = createNoise(7);
  const pick = (size: number): number => Math.floor(noise() * size);
  const start = new Float64Array(length);
  const end = new Float64Array(length);
  const quiet = new Uint8Array(length);
  const parent = new Float64Array(length);
  const codes = Object.fromEntries(
    Object.entries(DICTIONARIES).map(([column, entries]) => [
      column,
      Uint16Array.from({ length }, () => pick(entries.length)),
    ]),
  ) as Record<EntityColumn, Uint16Array>;
  for (let row = 0; row < length; row += 1) {
    start[row] = NOW - (length - row) * 60_000 + (row % 2 === 0 ? 0 : pick(60_000));
    end[row] = noise() < 0.1 ? Number.POSITIVE_INFINITY : (start[row] ?? 0) + pick(4) * 1000 + pick(3) * 250;
    if (noise() < 0.05) end[row] = NOW + pick(3) * 1000;
    quiet[row] = pick(2);
    parent[row] = row > 0 && noise() < 0.2 ? pick(row) : -1;
  }
  const blocks = toBlocks({ start, end, quiet, parent, codes });
  const documents = Array.from({ length }, (_, row) => {
    const entities = Object.entries(DICTIONARIES).map(
      ([column, entries]) => entries[codes[column as EntityColumn][row] ?? 0] ?? {},
    );
    const times = timesOf({ start: start[row] ?? 0, end: end[row] ?? 0, isQuiet: quiet[row] === 1 });
    const parentIndex = parent[row] ?? -1;
    return merge([
      { id: idAt(row), ...times },
      ...entities,
      parentIndex >= 0 ? { parentSessionId: idAt(parentIndex) } : {},
    ]);
  });
  return {
    length,
    now: NOW,
    blocks,
    documents,
    idAt,
    dictionary: (column) => DICTIONARIES[column],
    find: (id) => {
      const index = Number(id.slice('session_'.length));
      return index < length && idAt(index) === id ? index : -1;
    },
  };
}

interface Columns {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly quiet: Uint8Array;
  readonly parent: Float64Array;
  readonly codes: Readonly<Record<EntityColumn, Uint16Array>>;
}

function toBlocks({ start, end, quiet, parent, codes }: Columns): readonly ColumnBlock[] {
  const { length } = start;
  const blocks: ColumnBlock[] = [];
  for (let first = 0; first < length; first += BLOCK_ROWS) {
    const to = Math.min(first + BLOCK_ROWS, length);
    blocks.push({
      first,
      length: to - first,
      start: start.subarray(first, to),
      end: end.subarray(first, to),
      quiet: quiet.subarray(first, to),
      parent: parent.subarray(first, to),
      codes: (column) => codes[column].subarray(first, to),
    });
  }
  return blocks;
}

function timesOf(row: { readonly start: number; readonly end: number; readonly isQuiet: boolean }): object {
  const startTime = new Date(row.start).toISOString();
  if (row.end > NOW) return { startTime, sessionStatus: row.isQuiet ? 'idle' : 'active' };
  const endTime = new Date(row.end).toISOString();
  const duration = `${(row.end - row.start) / 1000}s`;
  return { startTime, endTime, duration, sessionStatus: 'completed' };
}

function merge(parts: readonly object[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      const known = merged[key];
      const isDeep = isObject(known) && isObject(value);
      merged[key] = isDeep ? merge([known, value]) : value;
    }
  }
  return merged;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Indexes of the rows that a select function takes, over all blocks. */
export function selectedRows(
  world: SyntheticWorld,
  select: (block: ColumnBlock, mask: Uint8Array, now: number) => number,
): number[] {
  const mask = new Uint8Array(BLOCK_ROWS).fill(7);
  const rows: number[] = [];
  for (const block of world.blocks) {
    const before = rows.length;
    const count = select(block, mask, world.now);
    for (let k = 0; k < block.length; k += 1) if (mask[k] === 1) rows.push(block.first + k);
    if (count !== rows.length - before) throw new Error('the count is not the number of ones in the mask');
  }
  return rows;
}
