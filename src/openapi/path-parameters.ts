import type { DocumentProblem } from './document-source.ts';
import type { Operation, OperationParameter } from './operation.ts';
import { readParameters } from './operation-parts.ts';
import type { JsonObject } from './schema-object.ts';

/**
 * The parameters of an operation as its path has them: a part of the path that is not declared is any text, and one
 * that is declared without standing in the path is none.
 */
export function withPathParameters(
  path: string,
  declared: readonly OperationParameter[],
): readonly OperationParameter[] {
  const names = namesIn(path);
  const kept = declared.filter(({ in: place, name }) => place !== 'path' || names.includes(name));
  const missing = names.filter((name) => !isDeclared(name, declared));
  if (missing.length === 0 && kept.length === declared.length) return declared;
  return [
    ...kept,
    ...missing.map(
      (name): OperationParameter => ({
        name,
        in: 'path',
        isRequired: true,
        style: 'simple',
        isExploded: false,
      }),
    ),
  ];
}

/** Where path and parameters of an operation do not agree. */
export function pathParameterNotes(
  root: JsonObject,
  { path, pointer }: Pick<Operation, 'path' | 'pointer'>,
): DocumentProblem[] {
  const item = pointer.slice(0, pointer.lastIndexOf('/'));
  const declared = readParameters(root, { path: item, operation: pointer });
  const names = namesIn(path);
  const undeclared = names.filter((name) => !isDeclared(name, declared));
  const absent = declared.filter(({ in: place, name }) => place === 'path' && !names.includes(name));
  return [
    ...undeclared.map((name) => ({ pointer, reason: `{${name}} has no path parameter; any text is taken` })),
    ...absent.map(({ name }) => ({
      pointer,
      reason: `path parameter "${name}" does not stand in the path; it is ignored`,
    })),
  ];
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^/}]*)\}/g)].map(([, name = '']) => name);
}

function isDeclared(name: string, declared: readonly OperationParameter[]): boolean {
  return declared.some((parameter) => parameter.in === 'path' && parameter.name === name);
}
