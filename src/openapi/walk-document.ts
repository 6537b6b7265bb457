import { type Holding, OBJECT_SHAPES, type ObjectKind, type ObjectShape } from './document-objects.ts';
import { joinPointer } from './json-pointer.ts';
import { SCHEMA_KEYWORDS } from './schema-keywords.ts';
import { isJsonObject, type JsonObject, ownEntry } from './schema-object.ts';

/** One object of the document: what it is, where it stands, and its raw value. */
export interface Visited {
  readonly kind: ObjectKind;
  /** JSON pointer with a leading `#`. */
  readonly pointer: string;
  readonly value: unknown;
}

/** A document is nested too deeply; `pointer` is where the way down begins. */
export class DepthError extends Error {
  readonly pointer: string;

  constructor(pointer: string) {
    super(`nested deeper than ${MAX_DOCUMENT_DEPTH} objects`);
    this.name = 'DepthError';
    this.pointer = pointer.split('/').slice(0, 5).join('/');
  }
}

/** Deepest nesting of objects that is followed; a deeper document is refused. */
export const MAX_DOCUMENT_DEPTH = 200;

/**
 * Every object of a document in reading order, containers before what they hold, references not followed.
 * Values are raw: nothing is known about them but where they stand. Throws {@link DepthError} below
 * {@link MAX_DOCUMENT_DEPTH} levels.
 */
export function walkDocument(root: JsonObject): Visited[] {
  const visited: Visited[] = [];
  walk({ kind: 'document', pointer: '#', value: root }, { visited, depth: 0 });
  return visited;
}

interface Walk {
  readonly visited: Visited[];
  readonly depth: number;
}

function walk(node: Visited, { visited, depth }: Walk): void {
  if (depth > MAX_DOCUMENT_DEPTH) {
    throw new DepthError(node.pointer);
  }
  visited.push(node);
  if (!isJsonObject(node.value)) return;
  const next = { visited, depth: depth + 1 };
  for (const child of childrenOf(node.kind, node.pointer, node.value)) walk(child, next);
}

function childrenOf(kind: ObjectKind, pointer: string, value: JsonObject): Visited[] {
  if (kind === 'schema') return schemaChildren(pointer, value);
  if (typeof value['$ref'] === 'string' && kind !== 'pathItem') return [];
  const shape: ObjectShape = OBJECT_SHAPES[kind];
  return Object.entries(value).flatMap(([name, held]) => {
    if (name.startsWith('x-')) return [];
    const [holding, childKind] = ownEntry(shape.holds, name) ?? ['one', openKind(shape, name)];
    return childKind === undefined
      ? []
      : HELD[holding]({ kind: childKind, pointer: joinPointer(pointer, name), value: held });
  });
}

function openKind(shape: ObjectShape, name: string): ObjectKind | undefined {
  return shape.plain.includes(name) ? undefined : shape.openMap;
}

/** The objects held by a field, by the way it holds them. */
const HELD: Readonly<Record<Holding, (field: Visited) => Visited[]>> = {
  one: (field) => [field],
  list: ({ kind, pointer, value }) =>
    Array.isArray(value)
      ? value.map((item, index) => ({ kind, pointer: joinPointer(pointer, index), value: item }))
      : [],
  map: ({ kind, pointer, value }) =>
    isJsonObject(value)
      ? Object.entries(value)
          .filter(([name]) => !name.startsWith('x-') || NAMED_FREELY.has(kind))
          .map(([name, item]) => ({ kind, pointer: joinPointer(pointer, name), value: item }))
      : [],
};

/** Kinds whose names come from the API, so that `x-…` is a name and not an extension. */
const NAMED_FREELY: ReadonlySet<ObjectKind> = new Set(['schema', 'header']);

function schemaChildren(pointer: string, schema: JsonObject): Visited[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const field: Visited = { kind: 'schema', pointer: joinPointer(pointer, keyword), value };
    switch (ownEntry(SCHEMA_KEYWORDS, keyword)) {
      case 'schema':
        return HELD.one(field);
      case 'schemas':
        return HELD.list(field);
      case 'schemaMap':
        return HELD.map(field);
      default:
        return [];
    }
  });
}
