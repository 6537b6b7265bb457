import { expect, test } from 'vitest';
import { ALL_CASES } from '../../src/contract/cases/all-cases.ts';
import { packagedDocument } from '../../src/contract/run.ts';
import { valueAt } from '../../src/openapi/json-pointer.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';

const document = await loadDocument(packagedDocument());

/** Keywords that forbid something; descriptions, examples and titles do not. */
const CONSTRAINTS = new Set([
  'type',
  'enum',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'required',
  'anyOf',
  'x-proto-field',
  'x-proto-message',
  'x-connect-idempotency',
  'in',
  'name',
]);
const NOT_ENTERED = new Set(['examples', 'example', 'description', 'info', 'servers', 'tags', 'default']);

function constraintsBelow(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const parent = pointer.split('/').at(-1);
    const isName =
      parent === 'properties' || parent === 'schemas' || parent === 'parameters' || parent === 'headers';
    if (!isName && CONSTRAINTS.has(key)) return [at];
    return !isName && NOT_ENTERED.has(key) ? [] : constraintsBelow(item, at);
  });
}

/** `**` is any depth, `*` is one step. */
function toPattern(basis: string): RegExp {
  const steps = basis.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${steps.join('')}$`);
}

const bases = [...new Set(ALL_CASES.flatMap(({ basis }) => basis))].filter((basis) => basis.startsWith('#/'));
const patterns = bases.map(toPattern);
const covered = (pointer: string): boolean =>
  patterns.some(
    (pattern) => pattern.test(pointer) || pattern.test(pointer.slice(0, pointer.lastIndexOf('/'))),
  );

test('every constraint of openapi.yaml is the basis of a case', () => {
  const constraints = constraintsBelow(document.root, '#');
  expect(constraints.length).toBeGreaterThan(150);
  expect(constraints.filter((pointer) => !covered(pointer))).toEqual([]);
});

test('every status of openapi.yaml is the basis of a case', () => {
  const paths = Object.entries(document.root['paths'] as object);
  const statuses = paths.flatMap(([path, item]) =>
    ['post', 'get'].flatMap((method) =>
      Object.keys(item[method].responses).map(
        (status) => `#/paths/${path.replace(/\//g, '~1')}/${method}/responses/${status}`,
      ),
    ),
  );
  expect(statuses.length).toBeGreaterThan(20);
  expect(statuses.filter((pointer) => !covered(pointer))).toEqual([]);
});

test('every basis without a star points at something', () => {
  const exact = bases
    .filter((basis) => !basis.replace(/\/\*\*$/, '').includes('*'))
    .map((basis) => basis.replace(/\/\*\*$/, ''));
  expect(exact.length).toBeGreaterThan(40);
  expect(exact.filter((pointer) => valueAt(document.root, pointer) === undefined)).toEqual([]);
});

test('every basis with a star matches something', () => {
  const all = new Set<string>();
  const collect = (value: unknown, pointer: string): void => {
    all.add(pointer);
    if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value))
        collect(item, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`);
  };
  collect(document.root, '#');
  const starred = bases.filter((basis) => basis.includes('*'));
  expect(starred.filter((basis) => ![...all].some((pointer) => toPattern(basis).test(pointer)))).toEqual([]);
});
