import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { MemberEncoding, OperationContent } from '../openapi/operation.ts';
import { isJsonObject, type JsonValue } from '../openapi/schema-object.ts';
import { presentAt, propertiesOf } from '../openapi/schema-view.ts';
import {
  type CoerceContext,
  coerceContext,
  coerceList,
  coerceObject,
  memberContext,
  textShapeOf,
} from './coerce-text.ts';
import { coerceTree, objectValue } from './coerce-tree.ts';
import { decodeText, queryText, splitPairs } from './parameter-text.ts';
import { stepsOf, type TextTree, treeOf } from './text-tree.ts';

/**
 * A form as the object its schema describes: lists repeat their name, or number it in brackets; objects name their
 * members in brackets, or are JSON; the document's `encoding` is followed.
 */
export function decodeForm(
  document: LoadedDocument,
  { schemaRef, encoding = {} }: OperationContent,
  text: string,
): JsonValue {
  const context = schemaRef === undefined ? undefined : coerceContext(document, schemaRef);
  const pairs = splitPairs(text);
  const tree = treeOf(pairs.map(([name, value]) => [formSteps(context, name), decodeText(value)]));
  const members = new Map(
    [...tree.members].map(([name, member]) => [name, memberValue(context, name, member)]),
  );
  if (context === undefined) return Object.fromEntries(members);
  for (const [name, how] of Object.entries(encoding)) {
    const member = memberContext(context, name);
    if (member !== undefined) putEncoded(members, { name, how, member, pairs, declared: namesOf(context) });
  }
  return Object.fromEntries(members);
}

/** A name that the schema declares with its brackets is one name. */
function formSteps(context: CoerceContext | undefined, name: string): readonly string[] {
  const isDeclared = context !== undefined && namesOf(context).has(name);
  return isDeclared ? [name] : stepsOf(name);
}

function namesOf({ document: { root }, at }: CoerceContext): ReadonlySet<string> {
  return new Set(propertiesOf(root, presentAt(root, at)).map(({ name }) => name));
}

function memberValue(context: CoerceContext | undefined, name: string, tree: TextTree): JsonValue {
  const member = context === undefined ? undefined : memberContext(context, name);
  const [only, ...others] = tree.texts;
  const isText = only !== undefined && others.length === 0 && tree.members.size === 0;
  const isObject = member !== undefined && textShapeOf(member) === 'object';
  return (isText && isObject ? jsonObject(only) : undefined) ?? coerceTree(member, tree);
}

/** Objects are JSON in a form that says nothing else. Source: documented (OpenAPI 3.1, Encoding Object). */
function jsonObject(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // The text stays what it is, for the validator to refuse.
    return undefined;
  }
}

interface Encoded {
  readonly name: string;
  readonly how: MemberEncoding;
  readonly member: CoerceContext;
  readonly pairs: ReturnType<typeof splitPairs>;
  /** Names of the form itself. */
  readonly declared: ReadonlySet<string>;
}

/** Puts a member as its encoding writes it; brackets have been read already. */
function putEncoded(members: Map<string, JsonValue>, { name, how, member, pairs, declared }: Encoded): void {
  const shape = textShapeOf(member);
  const own = namesOf(member);
  const isMember = (one: string): boolean => own.has(one) && !declared.has(one);
  if (how.style === 'deepObject' || (shape !== 'object' && how.isExploded)) return;
  const text = queryText({ ...how, name, shape, isMember }, pairs);
  if (text?.shape === 'list') members.set(name, coerceList(member, text.texts));
  if (text?.shape === 'object') members.set(name, coerceObject(member, text.members));
  if (text?.shape !== 'tree') return;
  for (const one of text.tree.members.keys()) members.delete(one);
  members.set(name, objectValue(member, text.tree));
}
