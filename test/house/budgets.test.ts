import { describe, expect, test } from 'vitest';
import { countLines, functionsOf, undocumentedExports } from './budgets.ts';
import { PUBLIC_SURFACES } from './room-table.ts';
import { isGenerated, isTest, readSources } from './source-tree.ts';
import { parseSource } from './syntax.ts';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 60;
const written = readSources('src').filter((file) => !isTest(file) && !isGenerated(file));

test(`no file of src is longer than ${MAX_FILE_LINES} lines`, () => {
  const long = written.filter((file) => countLines(file.text) > MAX_FILE_LINES);
  expect(long.map((file) => `${file.path}: ${countLines(file.text)} lines`)).toEqual([]);
});

test(`no function of src is longer than ${MAX_FUNCTION_LINES} lines`, () => {
  const long = written.flatMap((file) =>
    functionsOf(file)
      .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
      .map(({ name, line, lines }) => `${file.path}:${line}: ${name} has ${lines} lines`),
  );
  expect(long).toEqual([]);
});

test('every export of src has a docstring directly above it', () => {
  const bare = written.flatMap((file) => undocumentedExports(file).map((name) => `${file.path}: ${name}`));
  expect(bare).toEqual([]);
});

test('no file of src has a default export', () => {
  const found = written.filter((file) => hasDefaultExport(file));
  expect(found.map((file) => file.path)).toEqual([]);
});

test('only the public surfaces are barrels', () => {
  expect(
    written.filter((file) => isBarrel(file) && !PUBLIC_SURFACES.includes(file.path)).map((file) => file.path),
  ).toEqual([]);
});

test('file names are kebab-case and name an idea', () => {
  const odd = readSources('src').filter(
    (file) =>
      !file.path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|gen))?(\.ts)?$/.test(part)) ||
      /(^|[/-])(utils?|helpers?|misc|common)(\.ts|\/)/.test(file.path),
  );
  expect(odd.map((file) => file.path)).toEqual([]);
});

function hasDefaultExport(file: { path: string; text: string }): boolean {
  return parseSource(file).module.staticExports.some((statement) =>
    statement.entries.some(
      (entry) => entry.exportName.kind === 'Default' || entry.exportName.name === 'default',
    ),
  );
}

function isBarrel(file: { path: string; text: string }): boolean {
  if (/\/index\.ts$/.test(file.path)) return true;
  const { body } = parseSource(file).program;
  const passesOn = (node: (typeof body)[number]) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null);
  return body.length > 0 && body.every(passesOn);
}

describe('the budgets have teeth', () => {
  const file = (text: string) => ({ path: 'query/a.ts', text });
  const long = `{\n${'  step();\n'.repeat(60)}}`;

  test.each([
    ['f', `function f() ${long}`],
    ['f', `const f = () => ${long};`],
    ['f', `class A { f() ${long} }`],
    ['f', `const o = { f: function () ${long} };`],
    ['(anonymous)', `run(() => ${long});`],
    [
      'f',
      `function f(\n) { const a = '}'; const r = /}/; const t = \`\${'}'}\`; // }\n${'  step();\n'.repeat(60)}}`,
    ],
  ])('a function of more than 60 lines is found: %s', (name, text) => {
    expect(functionsOf(file(text)).find(({ lines }) => lines > MAX_FUNCTION_LINES)?.name).toBe(name);
  });

  test('lines are counted without the newline at the end', () => {
    expect([countLines(''), countLines('a'), countLines('a\n'), countLines('a\nb\n\n')]).toEqual([
      0, 1, 1, 3,
    ]);
  });

  test.each([
    ['export function f(): void {}', ['f']],
    ['// not a docstring\nexport const f = 1;', ['f']],
    ['/** Another. */\nconst g = 1;\nexport const f = g;', ['f']],
    ['/** Too far. */\n\nexport const f = 1;', ['f']],
    ['/** */\nexport const f = 1;', ['f']],
    ['const f = 1;\nexport { f };', ['f']],
    ['export interface I {}\n/** T. */\nexport type T = I;', ['I']],
    ['/** Said. */\nexport class C {}', []],
    ['/** Said. */\nconst f = 1;\nexport { f };', []],
    [`export { f } from './f.ts';`, []],
  ])('a docstring is asked of %j', (text, names) => {
    expect(undocumentedExports(file(text))).toEqual(names);
  });

  test('default exports and barrels are found', () => {
    expect(hasDefaultExport(file('export default 1;'))).toBe(true);
    expect(hasDefaultExport(file('const a = 1;\nexport { a as default };'))).toBe(true);
    expect(hasDefaultExport(file('export const a = 1;'))).toBe(false);
    expect(isBarrel(file(`export * from './a.ts';\nexport { b } from './b.ts';`))).toBe(true);
    expect(isBarrel(file(`export * from './a.ts';\nexport const b = 1;`))).toBe(false);
    expect(isBarrel({ path: 'world/index.ts', text: 'export const a = 1;' })).toBe(true);
  });
});
