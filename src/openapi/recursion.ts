import type { SchemaAt } from './schema-view.ts';

/** How often a named schema may stand around itself before everything optional is left out. */
const MAX_RECURSION = 2;

/** The named schemas around a value of these schemas. */
export function aroundWith(around: readonly string[], schemas: readonly SchemaAt[]): string[] {
  const named = schemas.flatMap(({ schema }) =>
    typeof schema === 'object' && schema.$ref !== undefined ? [schema.$ref] : [],
  );
  return [...around, ...named];
}

/** True where the innermost named schema stands around itself too often. */
export function isRecursive(around: readonly string[]): boolean {
  const last = around.at(-1);
  return around.filter((pointer) => pointer === last).length > MAX_RECURSION;
}

/** True where a value of these schemas would be the one too many. */
export function wouldRecurse(around: readonly string[], schemas: readonly SchemaAt[]): boolean {
  const next = aroundWith(around, schemas);
  return next.length > around.length && isRecursive(next);
}
