import { childrenOf, discriminatorNames, isNamed, namingSchema } from './discriminators.ts';
import type { Draw } from './draw.ts';
import { canonicalPointer, joinPointer } from './json-pointer.ts';
import type { MeetsContext } from './meets-schema.ts';
import { branchesOf, type Heights, lowestBranches } from './schema-height.ts';
import type { Schema, SchemaObject } from './schema-object.ts';
import { type SchemaAt, schemaAt } from './schema-view.ts';

/** Something that decides whether further schemas apply: an `if`, or the presence of a property. */
export interface Condition {
  /** What a value meets where the condition holds; its pointer names the condition. */
  readonly question: SchemaAt;
  readonly whenMet: readonly SchemaAt[];
  readonly otherwise: readonly SchemaAt[];
}

/** What decides between alternatives. */
export interface Choices extends MeetsContext {
  /** The draws of the alternatives at a pointer: the same ones whatever else has to be decided. */
  readonly drawAt: (pointer: string) => Draw;
  readonly heights: Heights;
  /** True where the value must stay as small as it can: deep down a recursion. */
  readonly isDeep: boolean;
  /** True leaves discriminators out: they may contradict the schemas around them. */
  readonly ignoresNames: boolean;
  /** By pointer of its question, whether a condition holds; one that is not here is left open. */
  readonly sides: ReadonlyMap<string, boolean>;
  /** Hears of every condition on the way. */
  readonly onCondition: (condition: Condition) => void;
}

/**
 * The schemas that a value has to meet once every reference is followed and every choice is made: one branch of
 * each `oneOf` and `anyOf`, one child of each schema with a discriminator, the side known of each condition.
 */
export function expandSchemas(choices: Choices, schemas: readonly SchemaAt[]): SchemaAt[] {
  return schemas.flatMap((at) => expanded(choices, at, undefined));
}

/** `concrete` is the named schema that the value is one of, where what is expanded is a part of that. */
function expanded(choices: Choices, at: SchemaAt, concrete: string | undefined): SchemaAt[] {
  const { pointer, schema } = at;
  if (typeof schema === 'boolean') return [at];
  const self = concrete ?? (isNamed(pointer) ? pointer : undefined);
  const { $ref } = schema;
  return [
    at,
    // A reference alone is another name; inside an allOf it is a part.
    ...($ref === undefined
      ? []
      : expanded(choices, schemaAt(choices.root, canonicalPointer($ref)), concrete)),
    ...branchesOf(at, 'allOf').flatMap((part) => expanded(choices, part, self)),
    ...oneOf(choices, at, 'oneOf'),
    ...oneOf(choices, at, 'anyOf'),
    ...conditionsOf(at, schema).flatMap((condition) => sideOf(choices, condition)),
    ...(self === undefined ? [] : kindOf(choices, at, self)),
  ];
}

function oneOf(choices: Choices, at: SchemaAt, keyword: 'oneOf' | 'anyOf'): SchemaAt[] {
  const branches = branchesOf(at, keyword);
  const picked = pick(choices, joinPointer(at.pointer, keyword), branches);
  if (picked === undefined) return branches.slice(0, 1);
  const others = keyword === 'oneOf' ? branches.filter((branch) => branch !== picked) : [];
  const { schema } = picked;
  const ref = typeof schema === 'object' ? schema.$ref : undefined;
  return [
    ...expanded(choices, picked, undefined),
    ...others.map(
      (other): SchemaAt => ({ pointer: joinPointer(other.pointer, 'not'), schema: { not: other.schema } }),
    ),
    ...(ref === undefined ? [] : named(choices, at, canonicalPointer(ref))),
  ];
}

function pick(
  { drawAt, heights, isDeep }: Choices,
  pointer: string,
  branches: readonly SchemaAt[],
): SchemaAt | undefined {
  const possible = branches.filter(({ schema }) => schema !== false && heights(schema) < Infinity);
  if (possible.length < 2) return possible[0];
  // Null is a way out, not what a reader wants to see.
  const meant = possible.filter(({ schema }) => typeof schema === 'boolean' || schema.type !== 'null');
  const wanted = meant.length > 0 ? meant : possible;
  return drawAt(pointer).pick(isDeep ? lowestBranches(possible, heights) : wanted);
}

/** What a discriminator decides where no alternatives stand beside it: which of its children the value is. */
function kindOf(choices: Choices, at: SchemaAt, self: string): SchemaAt[] {
  const { pointer, schema } = at;
  if (choices.ignoresNames || typeof schema === 'boolean' || schema.discriminator === undefined) return [];
  if (schema.oneOf !== undefined || schema.anyOf !== undefined || !isNamed(pointer)) return [];
  const children = childrenOf(choices.root, pointer);
  if (self !== pointer) return children.includes(self) ? named(choices, at, self) : [];
  const child = pick(
    choices,
    joinPointer(pointer, 'discriminator'),
    children.map((one) => schemaAt(choices.root, one)),
  );
  if (child === undefined) return [];
  // As itself where the mapping says so: then there is nothing more to meet.
  const parts = child.pointer === pointer ? [] : expanded(choices, child, undefined);
  return [...parts, ...named(choices, at, child.pointer)];
}

function named(choices: Choices, at: SchemaAt, pointer: string): SchemaAt[] {
  const { schema } = at;
  if (choices.ignoresNames || typeof schema === 'boolean' || schema.discriminator === undefined) return [];
  const names = discriminatorNames(choices, schema, pointer);
  if (names.length === 0) return [];
  return [namingSchema(at, schema.discriminator.propertyName, choices.drawAt(`${pointer} name`).pick(names))];
}

function conditionsOf(
  at: SchemaAt,
  { if: question, dependentSchemas = {}, ...schema }: SchemaObject,
): Condition[] {
  const side = (held: Schema | undefined, keyword: string): SchemaAt[] =>
    held === undefined ? [] : [below(at, [keyword], held)];
  const [whenMet, otherwise] = [side(schema.then, 'then'), side(schema.else, 'else')];
  const dependents = Object.entries(dependentSchemas).map(
    ([name, held]): Condition => ({
      question: below(at, ['dependentRequired', name], { type: 'object', required: [name] }),
      whenMet: [below(at, ['dependentSchemas', name], held)],
      otherwise: [],
    }),
  );
  if (question === undefined || (whenMet.length === 0 && otherwise.length === 0)) return dependents;
  return [{ question: below(at, ['if'], question), whenMet, otherwise }, ...dependents];
}

function sideOf(choices: Choices, condition: Condition): SchemaAt[] {
  choices.onCondition(condition);
  const side = choices.sides.get(condition.question.pointer);
  if (side === undefined) return [];
  const applied = side ? [condition.question, ...condition.whenMet] : condition.otherwise;
  return applied.flatMap((at) => expanded(choices, at, undefined));
}

function below(at: SchemaAt, steps: readonly string[], schema: Schema): SchemaAt {
  return { pointer: steps.reduce(joinPointer, at.pointer), schema };
}
