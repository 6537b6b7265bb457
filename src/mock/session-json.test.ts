import { expect, it } from 'vitest';
import { loadWorld } from '../files/load-world.ts';
import { createSessionsJson } from './session-json.ts';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const DAY = 86_400_000;

it.each(['startup', 'scaleup', 'incident', 'legacy', 'stress'])(
  'pages of %s hold what the sessions say, in any order of indices, at any now',
  async (scenario) => {
    const world = await loadWorld({ scenario, seed: 7, now: NOW, days: 30, count: 5000 });
    const write = createSessionsJson(world);
    const total = world.count(NOW);
    const orders = [
      Array.from({ length: 1500 }, (_, place) => total - 1 - place),
      Array.from({ length: 1500 }, (_, place) => place),
      Array.from({ length: 600 }, (_, place) => total - 1 - place * 7),
      Array.from({ length: 400 }, (_, place) => (place * 7919) % total),
      [5, 4, 3, 9, 8, 1, 2, 2, 2],
      [0],
      [],
    ];
    for (const indices of orders) {
      for (const now of [NOW, NOW - DAY, NOW + 400 * DAY]) {
        const expected = `{"s":[${indices.map((index) => world.json(index, now)).join(',')}],"ü":1}`;
        const page = { indices, from: 0, until: indices.length, now, head: '{"s":[', tail: '],"ü":1}' };
        expect(Buffer.from(write?.(page) ?? []).toString() === expected).toBe(true);
      }
    }
  },
);
