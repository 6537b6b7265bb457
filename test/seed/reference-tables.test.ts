import { expect, it } from 'vitest';
import { listScenarios } from '../../src/files/load-scenario.ts';
import { loadWorld } from '../../src/files/load-world.ts';
import { referenceTables } from '../../src/seed/reference-tables.ts';
import type { UserInfo } from '../../src/world/session-object.ts';
import { NOW } from './support/worlds.ts';

const NAMES = (await listScenarios()).filter((name) => name !== 'empty');

it.each(NAMES)('the small tables hold all that sessions of %s name', async (scenario) => {
  const world = await loadWorld({ scenario, seed: 42, now: NOW, days: 2, count: undefined });
  const keys = new Map(
    referenceTables(world).map(({ name, key, columns, rows }) => {
      const places = key.map((part) => columns.findIndex((column) => column.name === part));
      return [name, rows.map((row) => JSON.stringify(places.map((place) => row[place])))];
    }),
  );
  const wanted = new Map([...keys.keys()].map((name) => [name, new Set<string>()]));
  const want = (table: string, ...key: (string | undefined)[]): void => {
    if (!key.includes(undefined)) wanted.get(table)?.add(JSON.stringify(key));
  };
  const wantUser = (info: UserInfo | undefined): void => {
    want('users', info?.id);
    for (const group of info?.groups ?? []) {
      want('groups', group);
      want('user_groups', info?.id, group);
    }
    for (const externalId of info?.externalIds ?? []) want('external_ids', info?.id, externalId);
  };
  const high = world.count(NOW);
  for (let index = Math.max(0, high - 5000); index < high; index += 1) {
    const { user, resource, connector } = world.at(index, NOW);
    wantUser(user?.formal?.user);
    wantUser(user?.formal?.endUser);
    want('resources', resource?.id);
    want('connectors', connector?.id);
  }
  for (const [name, rows] of keys) {
    expect(new Set(rows).size, `${name} holds no row twice`).toBe(rows.length);
    expect([...(wanted.get(name) ?? [])].filter((key) => !rows.includes(key))).toEqual([]);
  }
});
