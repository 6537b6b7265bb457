import type { Procedure } from '../connect/procedure.ts';
import { joinPointer, valueAt } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { type BuiltMessages, shapeAt } from './message-shape.ts';
import type { OperationContent } from './operation.ts';
import { readBody, readResponses } from './operation-parts.ts';
import type { JsonObject } from './schema-object.ts';

/**
 * The unary RPC behind a path such as `/core.v1.SessionsService/ListSessionsV2`, where the document's
 * `x-proto-package` is the service's package; undefined for any other path. Its messages are those of the POST
 * operation's JSON bodies; Connect GET is legal where that operation says NO_SIDE_EFFECTS.
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
  return service !== undefined && service.slice(0, service.lastIndexOf('.')) === root['x-proto-package'];
}

function jsonSchemaRef(content: readonly OperationContent[] | undefined): string | undefined {
  return content?.find(({ mediaType }) => mediaType === 'application/json')?.schemaRef;
}
