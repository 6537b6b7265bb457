import { loadWorld } from '../../../src/files/load-world.ts';
import { type RowSelection, selectRows } from '../../../src/seed/row-selection.ts';
import type { SessionObject } from '../../../src/world/session-object.ts';
import type { World } from '../../../src/world/world.ts';

/** The instant every test sees its world at. */
export const NOW: number = Date.parse('2026-01-15T12:00:00Z');

/** The newest sessions of the default world. */
export async function startupRows(count: number): Promise<RowSelection> {
  const world = await loadWorld({ scenario: 'startup', seed: 42, now: NOW, days: 30, count });
  return selectRows(world, { now: NOW });
}

/** Sessions whose texts break careless writers, and whose fields are absent in turn. */
export function trickySessions(): SessionObject[] {
  const names = [
    'plain',
    'مرحبا שלום こんにちは สวัสดี e\u0301 🦊 𝒳',
    'quotes " and \' and ` and , and ;',
    'back\\slash \\N \\. \\t',
    'line\nbreak\r\nand\ttab',
    "=cmd|' /C calc'!A0",
    '+1',
    '-1',
    '@SUM(A1)',
    "'already quoted",
    '<script>alert(1)</script>',
    '$$ {curly} [square] {"json":true}',
    'x'.repeat(10_000),
  ];
  const named = names.map((name, row): SessionObject => sessionNamed(name, row));
  const bare: SessionObject[] = [
    { id: idOf(900), startTime: '2026-01-15T09:00:00Z' },
    { id: idOf(901), startTime: '2026-01-15T09:00:00.123456Z', sessionStatus: 'active' },
    { id: idOf(902), startTime: '2026-01-15T09:00:01Z', network: { serverIpAddress: '::ffff:10.0.0.1' } },
    {
      id: idOf(903),
      startTime: '2026-01-15T09:00:01Z',
      user: { type: 'native', native: { username: 'root' } },
    },
    { id: idOf(904), startTime: '2026-01-15T09:00:02Z', parentSessionId: idOf(900) },
  ];
  return [...named, ...bare];
}

function sessionNamed(name: string, row: number): SessionObject {
  const groups =
    row === 2 ? Array.from({ length: 200 }, (_, number) => `group ${number}`) : [name, 'b;c', 'd\\'];
  const user = {
    id: `user_${row}`,
    name,
    email: 'a+b@example.com',
    type: 'human',
    ...(row > 0 && { groups }),
    ...(row > 1 && { externalIds: ['147', name] }),
  };
  return {
    id: idOf(row),
    startTime: `2026-01-15T08:00:${String(row).padStart(2, '0')}.001Z`,
    endTime: '2026-02-14T08:00:59Z',
    duration: ['0s', '0.001s', '2592000s', '31s'][row % 4] ?? '0s',
    sessionStatus: 'completed',
    network: { clientIpAddress: '2001:db8::1', serverIpAddress: '10.0.0.1' },
    sidecar: { id: 'sidecar_1', name, technology: 'postgres' },
    user: {
      type: 'formal',
      username: `idp:formal:human:${name}`,
      formal: { user, endUser: { ...user, id: 'user_end' } },
    },
    resource: { type: 'datastore', id: `resource_${row}`, name, technology: 'postgres' },
    connector: { id: 'connector_1', name: 'eu-1' },
  };
}

function idOf(row: number): string {
  return `session_${String(row).padStart(26, '0')}`;
}

/** A selection of all of these sessions. Its columns say nothing, so rows are made from the sessions. */
export function selectionOf(sessions: readonly SessionObject[]): RowSelection {
  return selectRows(worldOf(sessions), { now: NOW });
}

function worldOf(sessions: readonly SessionObject[]): World {
  const start = Float64Array.from(sessions, ({ startTime }) => Date.parse(startTime ?? ''));
  const entries = sessions.map((session) => session);
  const indexAt = (time: number): number => start.filter((value) => value < time).length;
  const at = (index: number): SessionObject => sessions[index] ?? {};
  return {
    identity: 'tricky',
    from: start[0] ?? 0,
    count: (until) => start.filter((value) => value <= until).length,
    indexAt,
    at,
    json: (index) => JSON.stringify(at(index)),
    idAt: (index) => at(index).id ?? '',
    startAt: (index) => start[index] ?? 0,
    find: (id) => sessions.findIndex((session) => session.id === id),
    dictionary: (column) => (column === 'user' || column === 'resource' ? [{}, ...entries] : [{}]),
    *scan({ low, high }) {
      if (low >= high) return;
      const length = high - low;
      yield {
        first: low,
        length,
        start: start.slice(low, high),
        end: new Float64Array(length),
        quiet: new Uint8Array(length),
        parent: new Float64Array(length).fill(-1),
        codes: () => new Uint8Array(length),
      };
    },
  };
}
