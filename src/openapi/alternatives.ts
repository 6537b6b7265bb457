import type { ErrorObject } from 'ajv/dist/2020.js';
import { isJsonObject } from './schema-object.ts';

/** Above this a branch was not meant: the value is of another kind. */
const OTHER_KIND = 50;

/**
 * Where none of several alternatives fits, the validator reports the errors of all of them before the error of
 * the choice itself. Kept are the errors of the one alternative that was clearly meant, else the choice's own
 * error, which then carries the others in `params.alternatives`.
 */
export function collapseAlternatives(
  errors: readonly ErrorObject[],
  referenced: (name: string) => unknown,
): ErrorObject[] {
  const kept: ErrorObject[] = [];
  const nodes = reachableNodes(referenced);
  for (const error of errors) {
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') kept.push(error);
    else kept.push(...choose(error, takeBranchErrors(kept, error, nodes)));
  }
  return kept;
}

type Nodes = (schema: unknown) => ReadonlySet<unknown>;

/** Takes the errors of a choice's branches off the end of the list; one list for each branch. */
function takeBranchErrors(kept: ErrorObject[], choice: ErrorObject, nodes: Nodes): ErrorObject[][] {
  const branches: readonly unknown[] = Array.isArray(choice.schema) ? choice.schema : [];
  const taken: ErrorObject[][] = branches.map(() => []);
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const { parentSchema, instancePath } = last;
    if (!instancePath.startsWith(choice.instancePath)) break;
    const branch = branches.findIndex((schema) => nodes(schema).has(parentSchema));
    if (branch < 0) break;
    taken[branch]?.unshift(last);
    kept.pop();
  }
  return taken;
}

function choose(choice: ErrorObject, taken: readonly ErrorObject[][]): readonly ErrorObject[] {
  if (Array.isArray(choice.params['passingSchemas'])) return [choice];
  const alternatives = taken.filter((errors) => errors.length > 0);
  const scored = alternatives.map((errors) => ({ errors, score: scoreOf(errors, choice) }));
  scored.sort((a, b) => a.score - b.score);
  const [best, second] = scored;
  const isClear = best !== undefined && best.score < OTHER_KIND && best.score !== second?.score;
  return isClear ? best.errors : [{ ...choice, params: { ...choice.params, alternatives } }];
}

/** How far a branch is from fitting: a wrong type, or a wrong value of a property that names a kind, weighs most. */
function scoreOf(errors: readonly ErrorObject[], choice: ErrorObject): number {
  const depth = choice.instancePath.split('/').length;
  return errors.reduce((score, { keyword, instancePath }) => {
    const below = instancePath.split('/').length - depth;
    const isType = keyword === 'type' && below === 0;
    const isKind = (keyword === 'const' || keyword === 'enum') && below <= 1;
    return score + (isType || isKind ? OTHER_KIND : 1);
  }, 0);
}

/** All objects inside a schema and the schemas it refers to; looked up once for each schema. */
function reachableNodes(referenced: (name: string) => unknown): Nodes {
  const known = new Map<unknown, ReadonlySet<unknown>>();
  return (schema) => {
    const memo = known.get(schema);
    if (memo !== undefined) return memo;
    const found = new Set<unknown>();
    const open = [schema];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (typeof node !== 'object' || node === null || found.has(node)) continue;
      found.add(node);
      if (isJsonObject(node) && typeof node['$ref'] === 'string') open.push(referenced(node['$ref']));
      open.push(...Object.values(node));
    }
    known.set(schema, found);
    return found;
  };
}
