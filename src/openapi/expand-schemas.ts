import type { Draw } from './draw.ts';
import { joinPointer } from './json-pointer.ts';
import { branchesOf, type Heights, lowestBranch } from './schema-height.ts';
import type { JsonObject, Schema } from './schema-object.ts';
import { type SchemaAt, schemaAt } from './schema-view.ts';

/** What decides between alternatives. */
export interface Choices {
  readonly root: JsonObject;
  readonly draw: Draw;
  readonly heights: Heights;
  /** True where the value must stay as small as it can: deep down a recursion. */
  readonly isDeep: boolean;
}

/**
 * The schemas that a value has to meet once every reference is followed and every choice is made: one branch of
 * each `oneOf` and `anyOf`, one side of each `if`. `not` is left to the check of the finished value.
 */
export function expandSchemas(choices: Choices, schemas: readonly SchemaAt[]): SchemaAt[] {
  return schemas.flatMap((at) => [at, ...expandSchemas(choices, applied(choices, at))]);
}

function applied(choices: Choices, at: SchemaAt): SchemaAt[] {
  if (typeof at.schema === 'boolean') return [];
  const { $ref, dependentSchemas = {} } = at.schema;
  const dependents = Object.entries(dependentSchemas).map(([name, schema]) =>
    below(at, ['dependentSchemas', name], schema),
  );
  return [
    ...($ref === undefined ? [] : [schemaAt(choices.root, $ref)]),
    ...branchesOf(at, 'allOf'),
    ...oneOf(choices, branchesOf(at, 'oneOf')),
    ...oneOf(choices, branchesOf(at, 'anyOf')),
    ...condition(choices, at),
    ...dependents,
  ];
}

function oneOf({ draw, heights, isDeep }: Choices, branches: readonly SchemaAt[]): SchemaAt[] {
  const possible = branches.filter(({ schema }) => schema !== false && heights(schema) < Infinity);
  if (possible.length === 0) return branches.slice(0, 1);
  // Null is a way out, not what a reader wants to see.
  const meant = possible.filter(({ schema }) => typeof schema === 'boolean' || schema.type !== 'null');
  const picked = isDeep ? lowestBranch(possible, heights) : draw.pick(meant.length > 0 ? meant : possible);
  return picked === undefined ? [] : [picked];
}

function condition({ draw }: Choices, at: SchemaAt): SchemaAt[] {
  if (typeof at.schema === 'boolean' || at.schema.if === undefined) return [];
  const { if: question, then: yes, else: no } = at.schema;
  const holds = no === undefined || draw.float() < 0.5;
  const met = yes === undefined ? [] : [below(at, ['then'], yes)];
  if (holds) return [below(at, ['if'], question), ...met];
  return [below(at, ['else'], no)];
}

function below(at: SchemaAt, steps: readonly string[], schema: Schema): SchemaAt {
  return { pointer: steps.reduce(joinPointer, at.pointer), schema };
}
