import { describe, expect, test } from 'vitest';
import { importViolations, roomOf } from './check-imports.ts';
import { findCycle, importsOf, packageOf } from './imports.ts';
import { ROOMS } from './room-table.ts';
import { isTest, readProjectFile, readSources } from './source-tree.ts';

const sources = readSources('src');

test('every file of src imports only what its room may', () => {
  expect(sources.length).toBeGreaterThan(5);
  expect(importViolations(sources)).toEqual([]);
});

test('no files of src import each other in a ring', () => {
  expect(findCycle(sources)).toBeUndefined();
});

test('the map in src/README.md says what the table says, and names every package that is used', () => {
  const rows = readProjectFile('src/README.md').matchAll(
    /^\| `([\w.]+)\/?` \|[^|]*\| ([^|]*) \| ([^|]*) \|(?:[^|]*\|)?$/gm,
  );
  const map = new Map(
    [...rows].map(([, room = '', rooms = '', packages = '']) => [room, { rooms, packages }]),
  );
  for (const name of new Set(sources.filter((file) => !isTest(file)).map((file) => roomOf(file.path)))) {
    const { rooms, packages } = map.get(name) ?? { rooms: `(no row for ${name})`, packages: '' };
    const isNamed = /^[\w.]+(, [\w.]+)*$/.test(rooms) && !rooms.startsWith('all');
    if (isNamed || rooms === '–')
      expect([name, rooms.split(', ').filter((room) => room !== '–')]).toEqual([name, ROOMS[name]?.rooms]);
    else expect([name, rooms]).toEqual([name, expect.stringMatching(/^all/)]);
    expect([name, packagesOf(name).filter((used) => !packages.includes(used))]).toEqual([name, []]);
  }
});

function packagesOf(room: string): string[] {
  return sources
    .filter((file) => roomOf(file.path) === room && !isTest(file))
    .flatMap(importsOf)
    .map(({ specifier }) => packageOf(specifier))
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
}

test('the judge shares no code with the accused', () => {
  for (const room of ['mock', 'sessions', 'world', 'query', 'files']) {
    expect(ROOMS['contract']?.rooms).not.toContain(room);
  }
});

describe('the scanner has teeth', () => {
  test.each([
    ['connect/a.ts', `import { x } from '../world/world.ts';`, 'the room may not import world'],
    ['contract/a.ts', `export * from '../mock/app.ts';`, 'the room may not import mock'],
    ['query/a.ts', `export type { X } from '../world/world.ts';`, 'the room may not import world'],
    ['query/a.ts', `const w = await import('../world/world.ts');`, 'the room may not import world'],
    ['query/a.ts', `let w: import('../world/world.ts').World;`, 'the room may not import world'],
    ['query/a.ts', `const f = require('node:fs');`, 'the room may not use node:fs'],
    ['query/a.ts', 'const f = await import(name);', 'the room may not use (computed)'],
    ['world/a.ts', `import {\n  readFileSync,\n} from 'node:fs';`, 'the room may not use node:fs'],
    ['connect/a.ts', `import http, { type Server } from 'node:http';`, 'the room may not use node:http'],
    ['sessions/a.ts', `import express from 'express';`, 'the room may not use express'],
    ['world/a.ts', `import { faker } from '@faker-js/faker/locale/en';`, 'may load @faker-js/faker'],
    ['attic/a.ts', '', 'attic is not a room of the table'],
    ['world/a.ts', `import x from '../../test/x.ts';`, 'is outside src'],
    ['query/a.test.ts', `import x from '../mock/x.ts';`, 'the room may not import mock'],
  ])('%s: %s', (path, text, reason) => {
    expect(importViolations([{ path, text }])).toEqual([expect.stringContaining(reason)]);
  });

  test('one room may open sockets in one file only', () => {
    const text = `import { createServer } from 'node:http';`;
    expect(importViolations([{ path: 'contract/a.ts', text }])).toEqual([]);
    const two = ['contract/a.ts', 'contract/b.ts'].map((path) => ({ path, text }));
    expect(importViolations(two)).toEqual([expect.stringContaining('found in contract/a.ts, contract/b.ts')]);
  });

  test('imports in comments, strings and templates are not imports', () => {
    const text = `/* import a from 'a' */ const s = "import b from 'b'"; const t = \`\${s} import 'c'\`; // import 'd'`;
    expect(importsOf({ path: 'a.ts', text })).toEqual([]);
  });

  test.each([
    [`import type { IncomingMessage } from 'node:http';`, 0],
    [`import { isIP } from 'node:net';`, 0],
    [`import { connect, isIP } from 'node:net';`, 1],
    [`import * as net from 'node:net';`, 1],
    [`export { isIP } from 'node:net';`, 1],
  ])('types and pure functions of built-ins are free: %s', (text, count) => {
    expect(importViolations([{ path: 'connect/a.ts', text }])).toHaveLength(count);
  });

  test('a ring of three files is found', () => {
    const files = ['a b', 'b c', 'c a'].map((pair) => ({
      path: `query/${pair[0]}.ts`,
      text: `export { x } from './${pair[2]}.ts';`,
    }));
    expect(findCycle(files)).toEqual(['query/a.ts', 'query/b.ts', 'query/c.ts', 'query/a.ts']);
  });
});
