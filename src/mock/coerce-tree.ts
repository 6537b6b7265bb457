import type { JsonValue } from '../openapi/schema-object.ts';
import {
  type CoerceContext,
  coerceList,
  coerceText,
  itemContext,
  memberContext,
  textShapeOf,
} from './coerce-text.ts';
import type { TextTree } from './text-tree.ts';

/**
 * The value that a tree of texts stands for where a schema's value is sent as names and texts. Brackets are lists
 * where the schema has one, or knows nothing and all of them are numbers or empty; else objects. `context` is
 * undefined where nothing is known of the value.
 */
export function coerceTree(context: CoerceContext | undefined, tree: TextTree): JsonValue {
  const shape = context === undefined ? 'scalar' : textShapeOf(context);
  if (tree.members.size > 0) {
    const isList = shape === 'list' || (shape === 'scalar' && [...tree.members.keys()].every(isIndex));
    return isList ? listValue(context, tree) : objectValue(context, tree);
  }
  const [first = '', ...others] = tree.texts;
  if (context === undefined) return others.length === 0 ? first : tree.texts;
  return shape === 'list' ? coerceList(context, tree.texts) : coerceText(context, first);
}

/** The members of an object: those of its schema by it, all others as texts. */
export function objectValue(
  context: CoerceContext | undefined,
  { members }: TextTree,
): Record<string, JsonValue> {
  return Object.fromEntries(
    [...members].map(([name, member]): [string, JsonValue] => [
      name,
      coerceTree(context === undefined ? undefined : memberContext(context, name), member),
    ]),
  );
}

/** `a[0]=x&a[1]=y` in the order of the numbers, after `a=x` and `a[]=x` in the order given. */
function listValue(context: CoerceContext | undefined, { texts, members }: TextTree): JsonValue[] {
  const items = context === undefined ? undefined : itemContext(context);
  const { '': unnumbered, ...numbered } = Object.fromEntries(members);
  const plain = [...texts, ...(unnumbered?.texts ?? [])].map((text) => ({
    texts: [text],
    members: new Map(),
  }));
  const nested =
    unnumbered !== undefined && unnumbered.members.size > 0 ? [{ ...unnumbered, texts: [] }] : [];
  const ordered = Object.entries(numbered)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, member]) => member);
  return [...plain, ...nested, ...ordered].map((item) => coerceTree(items, item));
}

function isIndex(step: string): boolean {
  return /^\d*$/.test(step);
}
