import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { itemsOf } from '../openapi/message-shape.ts';
import { keywordOf, namedPointer, propertiesOf, type SchemaAt, schemaAt } from '../openapi/schema-view.ts';
import { isObject, type JsonObject } from './run-view.ts';

/** A value of an answer beside the schema that describes it. */
export interface DescribedValue {
  /** Where in the answer, positions of lists as a star. */
  readonly path: string;
  readonly value: unknown;
  /** The schema; absent for a member the document does not declare. */
  readonly schema?: SchemaAt;
  /** Pointer of the schema that declares, or would declare, this member. */
  readonly parentSchema: string;
}

interface Walk {
  readonly document: LoadedDocument;
  readonly found: DescribedValue[];
  readonly properties: PropertyMemo;
}

/** Declared properties by pointer of their message: looked up for every session, so kept for the walk. */
type PropertyMemo = Map<string, ReadonlyMap<string, SchemaAt>>;

/** Every member of a value, depth first, as the document sees it. Undeclared members are given but not entered. */
export function walkDescribed(document: LoadedDocument, schemaRef: string, value: unknown): DescribedValue[] {
  const walk: Walk = { document, found: [], properties: new Map() };
  visitValue(walk, { at: schemaAt(document.root, schemaRef), value, path: '' });
  return walk.found;
}

interface Place {
  readonly at: SchemaAt;
  readonly value: unknown;
  readonly path: string;
}

function visitValue(walk: Walk, { at, value, path }: Place): void {
  if (Array.isArray(value)) {
    const items = itemsOf(walk.document.root, at);
    if (items === undefined) return;
    for (const element of value) visitValue(walk, { at: items, value: element, path: `${path}/*` });
  } else if (isObject(value)) {
    visitMembers(walk, { at, value, path }, value);
  }
}

function visitMembers(walk: Walk, { at, path }: Place, value: JsonObject): void {
  const parentSchema = namedPointer(at);
  const declared = declaredProperties(walk, at, parentSchema);
  if (declared.size === 0) return;
  for (const [name, member] of Object.entries(value)) {
    const schema = declared.get(name);
    const described = { path: `${path}/${escapePointer(name)}`, value: member, parentSchema };
    walk.found.push(schema === undefined ? described : { ...described, schema });
    if (schema !== undefined) visitValue(walk, { at: schema, value: member, path: described.path });
  }
}

/** A name as a step of a JSON pointer. */
function escapePointer(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

function declaredProperties(walk: Walk, at: SchemaAt, pointer: string): ReadonlyMap<string, SchemaAt> {
  const known = walk.properties.get(pointer);
  if (known !== undefined) return known;
  const declared = new Map(propertiesOf(walk.document.root, at).map((property) => [property.name, property]));
  walk.properties.set(pointer, declared);
  return declared;
}

/** The paths of all leaves a document declares below a schema. Messages inside themselves are entered once. */
export function declaredLeaves(document: LoadedDocument, schemaRef: string): string[] {
  const leaves = (at: SchemaAt, path: string, inside: readonly string[]): string[] => {
    const pointer = namedPointer(at);
    if (inside.includes(pointer)) return [];
    const items = itemsOf(document.root, at);
    if (items !== undefined) return leaves(items, `${path}/*`, inside);
    const properties = propertiesOf(document.root, at);
    if (properties.length === 0) return [path];
    return properties.flatMap((property) =>
      leaves(property, `${path}/${property.name}`, [...inside, pointer]),
    );
  };
  return leaves(schemaAt(document.root, schemaRef), '', []);
}

/** A keyword of a described value's schema, through references. */
export function formatOf(document: LoadedDocument, described: DescribedValue): string | undefined {
  return described.schema === undefined ? undefined : keywordOf(document.root, described.schema, 'format');
}

/** The values an enumeration allows; undefined where there is none. */
export function enumOf(document: LoadedDocument, described: DescribedValue): readonly unknown[] | undefined {
  return described.schema === undefined ? undefined : keywordOf(document.root, described.schema, 'enum');
}
