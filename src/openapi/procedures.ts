import type { Procedure } from '../connect/procedure.ts';
import { joinPointer, valueAt } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { type BuiltMessages, shapeAt } from './message-shape.ts';
import type { OperationContent } from './operation.ts';
import { readBody, readResponses } from './operation-parts.ts';
import type { JsonObject } from './schema-object.ts';

/**
 * The unary RPC behind a path such as `/core.v1.SessionsService/ListSessionsV2`, where the document's
 * `x-proto-package` is the service's package, or, where it names none, the path itself says that it is one; undefined
 * for any other path. Its messages are those of the POST operation's JSON bodies; Connect GET is legal where that operation says
 * NO_SIDE_EFFECTS.
 */
export function procedureAt(
  document: LoadedDocument,
  { path, pointer }: { readonly path: string; readonly pointer: string },
  built: BuiltMessages,
): Procedure | undefined {
  const { root } = document;
  const post = joinPointer(pointer, 'post');
  if (!isProcedurePath(root, path) || valueAt(root, post) === undefined) return undefined;
  const input = jsonSchemaRef(readBody(root, post)?.content);
  const output = jsonSchemaRef(readResponses(root, post).find(({ status }) => /^2/.test(status))?.content);
  if (input === undefined || output === undefined) return undefined;
  return {
    path,
    allowsGet: valueAt(root, `${post}/x-connect-idempotency`) === 'NO_SIDE_EFFECTS',
    input: shapeAt(document, input, built),
    output: shapeAt(document, output, built),
  };
}

function isProcedurePath(root: JsonObject, path: string): boolean {
  const service = /^\/((?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*)\/[A-Za-z_]\w*$/.exec(path)?.[1];
  if (service === undefined) return false;
  const protoPackage = root['x-proto-package'];
  return protoPackage === undefined
    ? isNamedAsProcedure(path)
    : service.slice(0, service.lastIndexOf('.')) === protoPackage;
}

/**
 * True for a path with a versioned package and a service that is named as one: `/core.v1.SessionsService/ListSessionsV2`.
 * Documents made from proto files do not repeat the package elsewhere.
 * Source: documented (Buf style guide: PACKAGE_VERSION_SUFFIX, SERVICE_SUFFIX), seen (Formal's published document).
 */
function isNamedAsProcedure(path: string): boolean {
  return /^\/(?:[a-z_]\w*\.)*v\d+\w*\.[A-Za-z_]\w*Service\/[A-Za-z_]\w*$/.test(path);
}

function jsonSchemaRef(content: readonly OperationContent[] | undefined): string | undefined {
  return content?.find(({ mediaType }) => mediaType === 'application/json')?.schemaRef;
}
