import type { Procedure } from '../connect/procedure.ts';
import { basePathsOf } from './base-paths.ts';
import { HTTP_METHODS, type Method } from './document-objects.ts';
import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import type { BuiltMessages } from './message-shape.ts';
import type { Operation } from './operation.ts';
import { readBody, readParameters, readResponses } from './operation-parts.ts';
import { withPathParameters } from './path-parameters.ts';
import { procedureAt } from './procedures.ts';
import { resolveReference } from './references.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';
import { securityOf } from './security.ts';

/** Every operation of a document in its order: paths as written, methods as the specification lists them. */
export function operationsOf(document: LoadedDocument): Operation[] {
  const { root } = document;
  const paths = root['paths'];
  if (!isJsonObject(paths)) return [];
  const names = Object.keys(paths).filter((path) => path.startsWith('/'));
  const built: BuiltMessages = new Map();
  return names.flatMap((path) => {
    const item = resolveReference(root, joinPointer('#/paths', path));
    if (!isJsonObject(item.value)) return [];
    const procedure = procedureAt(document, { path, pointer: item.pointer }, built);
    const entry: PathEntry = { path, pointer: item.pointer, item: item.value, procedure };
    return HTTP_METHODS.flatMap((method) => readOperation(document, entry, method) ?? []);
  });
}

interface PathEntry {
  readonly path: string;
  readonly pointer: string;
  readonly item: JsonObject;
  readonly procedure: Procedure | undefined;
}

function readOperation(document: LoadedDocument, entry: PathEntry, method: Method): Operation | undefined {
  const { root } = document;
  const operation = entry.item[method];
  if (!isJsonObject(operation)) return undefined;
  const pointer = joinPointer(entry.pointer, method);
  const httpMethod = upperCase(method);
  const servers = operation['servers'] ?? entry.item['servers'] ?? root['servers'];
  const [path, ...otherPaths] = pathsBelow(servers, entry.path);
  const { operationId, summary, tags } = operation;
  const body = readBody(root, pointer);
  return {
    pointer,
    method: httpMethod,
    path,
    ...(otherPaths.length === 0 ? {} : { otherPaths }),
    id: typeof operationId === 'string' ? operationId : `${httpMethod} ${path}`,
    ...(typeof summary === 'string' ? { summary } : {}),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    parameters: withPathParameters(path, readParameters(root, { path: entry.pointer, operation: pointer })),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: readResponses(root, pointer),
    security: securityOf(root, operation),
    ...(entry.procedure === undefined ? {} : { procedure: entry.procedure }),
  };
}

/** A path below each base path of its servers. */
function pathsBelow(servers: unknown, path: string): readonly [string, ...string[]] {
  const [first, ...others] = basePathsOf(servers);
  return [first + path, ...others.map((base) => base + path)];
}

function upperCase(method: Method): Uppercase<Method> {
  // toUpperCase of one of eight known words; the compiler only knows a string.
  return method.toUpperCase() as Uppercase<Method>;
}
