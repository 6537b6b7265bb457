import { describe, expect, test } from 'vitest';
import { roomOf } from './check-imports.ts';
import { impurities } from './purity.ts';
import { isTest, readSources } from './source-tree.ts';

/** Rooms and files at the edge, where the clock, chance and the process come in. */
const EDGES = [/^cli\//, /^mock\/(clock|listen[^/]*)\.ts$/, /^contract\/network[^/]*\.ts$/];

test('no clock, chance, process or console below cli/ and the listening file', () => {
  const inner = readSources('src').filter(
    (file) => !isTest(file) && !EDGES.some((edge) => edge.test(file.path)),
  );
  expect(inner.map((file) => roomOf(file.path))).toContain('world');
  expect(inner.flatMap(impurities)).toEqual([]);
});

describe('the rule has teeth', () => {
  test.each([
    ['const t = Date.now();', ['Date.now']],
    ['const t = new Date();', ['new Date() without an argument']],
    ['const t = new Date(0);', []],
    ['const r = Math.random();', ['Math.random']],
    ['const t = performance.now();', ['performance.now']],
    [`console.log('a');`, ['console']],
    [`const e = process.env['A'];`, ['process']],
    ['run(process);', ['process']],
    [`import { randomUUID } from 'node:crypto';\nconst id = randomUUID();`, ['randomUUID']],
    ['const o = { process: 1 }; o.process;', []],
    ['interface A { console: string }', []],
    [`const s = 'Date.now()'; // console`, []],
  ])('%s', (text, reasons) => {
    const found = impurities({ path: 'world/a.ts', text });
    expect([...new Set(found.map((line) => line.replace(/^.*?:\d+: /, '')))]).toEqual(reasons);
  });
});
