import { joinPointer, valueAt } from './json-pointer.ts';
import type {
  MemberEncoding,
  NamedExample,
  OperationBody,
  OperationContent,
  OperationParameter,
  OperationResponse,
  ResponseHeader,
} from './operation.ts';
import { resolveReference } from './references.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './schema-object.ts';

/** The parameters of an operation and its path item; the operation's win where both have one. */
export function readParameters(
  root: JsonObject,
  pointers: { readonly path: string; readonly operation: string },
): OperationParameter[] {
  const found = new Map<string, OperationParameter>();
  for (const owner of [pointers.path, pointers.operation]) {
    for (const { pointer, value } of listAt(root, joinPointer(owner, 'parameters'))) {
      const parameter = readParameter(pointer, value);
      if (parameter !== undefined) found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

/** An operation's request body; undefined where it takes none. */
export function readBody(root: JsonObject, operation: string): OperationBody | undefined {
  const { pointer, value } = resolveReference(root, joinPointer(operation, 'requestBody'));
  if (!isJsonObject(value)) return undefined;
  return { isRequired: value['required'] === true, content: readContent(root, pointer, value) };
}

/** An operation's responses in the document's order. */
export function readResponses(root: JsonObject, operation: string): OperationResponse[] {
  return mapAt(root, joinPointer(operation, 'responses')).map(([status, { pointer, value }]) => ({
    status,
    description: String(value['description'] ?? ''),
    headers: mapAt(root, joinPointer(pointer, 'headers')).map(([name, header]) =>
      readHeader(root, name, header),
    ),
    content: readContent(root, pointer, value),
  }));
}

interface Found {
  readonly pointer: string;
  readonly value: JsonObject;
}

const DEFAULT_STYLES: Readonly<Record<string, string>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
};

function readParameter(pointer: string, value: JsonObject): OperationParameter | undefined {
  const { name, in: place, required, style: givenStyle, explode } = value;
  if (typeof name !== 'string' || !isPlace(place)) return undefined;
  const byContent = isJsonObject(value['content']) ? Object.keys(value['content'])[0] : undefined;
  const style = byContent === undefined ? String(givenStyle ?? DEFAULT_STYLES[place]) : 'json';
  const schema = byContent === undefined ? 'schema' : undefined;
  const schemaRef =
    schema === undefined ? contentSchema(pointer, String(byContent)) : joinPointer(pointer, schema);
  return {
    name,
    in: place,
    isRequired: required === true || place === 'path',
    ...(valueAt(value, schemaRef.slice(pointer.length)) === undefined ? {} : { schemaRef }),
    style,
    isExploded: typeof explode === 'boolean' ? explode : style === 'form',
  };
}

function contentSchema(pointer: string, mediaType: string): string {
  return joinPointer(joinPointer(joinPointer(pointer, 'content'), mediaType), 'schema');
}

function isPlace(place: unknown): place is OperationParameter['in'] {
  return typeof place === 'string' && Object.hasOwn(DEFAULT_STYLES, place);
}

function readHeader(root: JsonObject, name: string, { pointer, value }: Found): ResponseHeader {
  return {
    name,
    isRequired: value['required'] === true,
    ...(value['schema'] === undefined ? {} : { schemaRef: joinPointer(pointer, 'schema') }),
    examples: readExamples(root, pointer, value),
  };
}

function readContent(root: JsonObject, owner: string, value: JsonObject): OperationContent[] {
  const at = joinPointer(owner, 'content');
  if (!isJsonObject(value['content'])) return [];
  return Object.entries(value['content']).flatMap(([mediaType, content]) => {
    if (!isJsonObject(content)) return [];
    const pointer = joinPointer(at, mediaType);
    return {
      mediaType: mediaType.toLowerCase(),
      ...(content['schema'] === undefined ? {} : { schemaRef: joinPointer(pointer, 'schema') }),
      ...readEncoding(content['encoding']),
      examples: readExamples(root, pointer, content),
    };
  });
}

/** Members whose encoding names a style; the others are written as forms always are. */
function readEncoding(encoding: JsonValue | undefined): Pick<OperationContent, 'encoding'> {
  if (!isJsonObject(encoding)) return {};
  const members = Object.entries(encoding).flatMap(([name, value]): [string, MemberEncoding][] => {
    if (!isJsonObject(value)) return [];
    const { style, explode } = value;
    if (style === undefined && explode === undefined) return [];
    const isExploded = typeof explode === 'boolean' ? explode : style === undefined || style === 'form';
    return [[name, { style: String(style ?? 'form'), isExploded }]];
  });
  return members.length === 0 ? {} : { encoding: Object.fromEntries(members) };
}

function readExamples(root: JsonObject, owner: string, value: JsonObject): NamedExample[] {
  const single = value['example'];
  const named = mapAt(root, joinPointer(owner, 'examples')).flatMap(([name, example]) => {
    const held: JsonValue | undefined = example.value['value'];
    return held === undefined ? [] : [{ name, value: held }];
  });
  return single === undefined ? named : [{ name: 'default', value: single }, ...named];
}

function listAt(root: JsonObject, pointer: string): Found[] {
  const list = valueAt(root, pointer);
  if (!Array.isArray(list)) return [];
  return list.flatMap((_, index) => foundAt(root, joinPointer(pointer, index)) ?? []);
}

function mapAt(root: JsonObject, pointer: string): [string, Found][] {
  const map = valueAt(root, pointer);
  if (!isJsonObject(map)) return [];
  return Object.keys(map).flatMap((name): [string, Found][] => {
    const found = name.startsWith('x-') ? undefined : foundAt(root, joinPointer(pointer, name));
    return found === undefined ? [] : [[name, found]];
  });
}

function foundAt(root: JsonObject, pointer: string): Found | undefined {
  const { pointer: at, value } = resolveReference(root, pointer);
  return isJsonObject(value) ? { pointer: at, value } : undefined;
}
