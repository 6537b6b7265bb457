import { checkParts } from './check-parts.ts';
import { checkSchema, type OpenApiVersion } from './check-schema.ts';
import { OBJECT_SHAPES, type ObjectShape } from './document-objects.ts';
import type { DocumentProblem } from './document-source.ts';
import { joinPointer } from './json-pointer.ts';
import { checkReferences } from './references.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';
import { suggest } from './suggest.ts';
import type { Visited } from './walk-document.ts';

/** The version of a document, or why it is none that can be read. */
export function readVersion(root: unknown): { version: OpenApiVersion } | { problem: DocumentProblem } {
  const problem = (pointer: string, reason: string): { problem: DocumentProblem } => ({
    problem: { pointer, reason },
  });
  if (root === null || root === undefined) return problem('#', 'the file is empty');
  if (!isJsonObject(root)) return problem('#', 'not an OpenAPI document: the root must be an object');
  if (root['swagger'] !== undefined) {
    return problem('#/swagger', `Swagger ${String(root['swagger'])} is not read; convert it to OpenAPI 3.1`);
  }
  if (root['openapi'] === undefined)
    return problem('#', 'not an OpenAPI document: the field "openapi" is missing');
  const version = String(root['openapi']);
  if (/^3\.0(\.|$)/.test(version)) return { version: '3.0' };
  if (/^3\.1(\.|$)/.test(version)) return { version: '3.1' };
  return problem('#/openapi', `OpenAPI ${version} is not read; 3.0 and 3.1 are`);
}

/** Everything wrong with a document, in reading order; empty where it can be used. */
export function checkDocument(
  root: JsonObject,
  visited: readonly Visited[],
  version: OpenApiVersion,
): DocumentProblem[] {
  return [
    ...visited.flatMap((node) => (node.kind === 'schema' ? checkSchema(node, version) : checkObject(node))),
    ...checkReferences(root, visited),
    ...checkSurface(root),
    ...checkOperationIds(visited),
    ...checkPaths(visited),
    ...checkSecurity(root, visited),
    ...visited.flatMap(checkParts),
  ];
}

function checkObject({ kind, pointer, value }: Visited): DocumentProblem[] {
  if (!isJsonObject(value)) return [{ pointer, reason: `must be an object (${kind})` }];
  if (kind === 'schema' || typeof value['$ref'] === 'string') return [];
  const shape: ObjectShape = OBJECT_SHAPES[kind];
  if (shape.openMap !== undefined) return [];
  const known = [...Object.keys(shape.holds), ...shape.plain];
  return Object.keys(value)
    .filter((name) => !name.startsWith('x-') && !known.includes(name))
    .map((name) => ({
      pointer: joinPointer(pointer, name),
      reason: `unknown field "${name}" of ${kind}${suggest(name, known)}`,
    }));
}

function checkSurface(root: JsonObject): DocumentProblem[] {
  const has = ['paths', 'components', 'webhooks'].some((name) => isJsonObject(root[name]));
  return has ? [] : [{ pointer: '#', reason: 'has neither paths nor components nor webhooks' }];
}

function checkOperationIds(visited: readonly Visited[]): DocumentProblem[] {
  const first = new Map<string, string>();
  return visited.flatMap(({ kind, pointer, value }) => {
    if (kind !== 'operation' || !isJsonObject(value)) return [];
    const id = value['operationId'];
    if (id === undefined) return [];
    const at = joinPointer(pointer, 'operationId');
    if (typeof id !== 'string') return [{ pointer: at, reason: 'operationId must be a string' }];
    const earlier = first.get(id);
    first.set(id, pointer);
    return earlier === undefined
      ? []
      : [{ pointer: at, reason: `duplicate operationId "${id}", as ${earlier}` }];
  });
}

function checkPaths(visited: readonly Visited[]): DocumentProblem[] {
  const seen = new Map<string, string>();
  return visited.flatMap(({ kind, pointer }) => {
    const path = kind === 'pathItem' ? /^#\/paths\/([^/]*)$/.exec(pointer)?.[1] : undefined;
    if (path === undefined) return [];
    const text = path.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!text.startsWith('/')) return [{ pointer, reason: `path "${text}" must start with "/"` }];
    const form = text.replace(/\{[^/}]*\}/g, '{}');
    const earlier = seen.get(form);
    seen.set(form, text);
    return earlier === undefined ? [] : [{ pointer, reason: `path "${text}" is the same as "${earlier}"` }];
  });
}

function checkSecurity(root: JsonObject, visited: readonly Visited[]): DocumentProblem[] {
  const components = root['components'];
  const schemes = isJsonObject(components) ? components['securitySchemes'] : undefined;
  const known = isJsonObject(schemes) ? Object.keys(schemes) : [];
  return visited.flatMap(({ kind, pointer, value }) => {
    if ((kind !== 'document' && kind !== 'operation') || !isJsonObject(value)) return [];
    const requirements = value['security'];
    if (requirements === undefined) return [];
    const at = joinPointer(pointer, 'security');
    if (!Array.isArray(requirements)) return [{ pointer: at, reason: 'security must be a list' }];
    return requirements.flatMap((requirement, index) =>
      unknownSchemes(requirement, known, joinPointer(at, index)),
    );
  });
}

function unknownSchemes(requirement: unknown, known: readonly string[], pointer: string): DocumentProblem[] {
  if (!isJsonObject(requirement)) return [{ pointer, reason: 'a security requirement must be an object' }];
  return Object.keys(requirement)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer: joinPointer(pointer, name),
      reason: `unknown security scheme "${name}"${suggest(name, known)}`,
    }));
}
