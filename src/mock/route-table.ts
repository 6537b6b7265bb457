import type { Operation } from '../openapi/operation.ts';
import { createOperationIndex, type Found } from '../openapi/operation-index.ts';
import type { RestHandler } from './rest-handler.ts';
import type { Route, RouteHandler } from './route.ts';

/** An operation that is no procedure, and who answers it. */
export interface RestRoute {
  readonly operation: Operation;
  readonly handle: RestHandler;
}

/** Every place where a mock answers. */
export interface RouteTable {
  /** Who answers a method at a path; undefined where nobody does. */
  find(method: string, path: string): RouteHandler | undefined;
}

/** What a table is made from. */
export interface RouteTableParts {
  readonly control: readonly Route[];
  readonly procedures: readonly Route[];
  /** By document: paths of one document are looked up together. */
  readonly rest: readonly (readonly RestRoute[])[];
}

/**
 * Makes the table. Procedures come first, then paths the documents write out, then the kit's own control routes,
 * then paths with parameters.
 */
export function createRouteTable({ control, procedures, rest }: RouteTableParts): RouteTable {
  const byPath = new Map(procedures.map((route) => [route.path, route.handle]));
  const controlByPath = new Map(control.map((route) => [route.path, route]));
  const lookUp = createRestLookUp(rest);
  return {
    find: (method, path) => {
      const procedure = byPath.get(path);
      if (procedure !== undefined) return procedure;
      const found = lookUp(method, path);
      if (found?.kind === 'literal') return found.handle;
      const route = controlByPath.get(path);
      const isTaken = route !== undefined && (method === 'GET' || method === 'HEAD');
      return isTaken ? route.handle : found?.handle;
    },
  };
}

interface FoundRoute {
  /** An operation whose path is written out or has parameters, or a path whose method is unknown. */
  readonly kind: 'literal' | 'template' | 'refusal';
  readonly handle: RouteHandler;
}

type LookUp = (method: string, path: string) => FoundRoute | undefined;

function createRestLookUp(rest: RouteTableParts['rest']): LookUp {
  const indexes = rest
    .filter((routes) => routes.length > 0)
    .map((routes) => createOperationIndex(routes.map(({ operation }) => operation)));
  const handlers = new Map(rest.flat().map(({ operation, handle }) => [operation, handle]));
  const find = (method: string, path: string): FoundRoute | undefined => {
    const found = indexes.flatMap((index) => index.find(method, path) ?? []);
    const served = found.flatMap((one) => (one.operation === undefined ? [] : [one]));
    const best = bestOf(served, path);
    if (best !== undefined) {
      const { operation, pathParameters } = best;
      const handle = handlers.get(operation);
      if (handle === undefined) return undefined;
      return {
        kind: best.path === path ? 'literal' : 'template',
        handle: (request, response) => handle(request, response, pathParameters),
      };
    }
    const allow = found.flatMap((one) => (one.operation === undefined ? one.allow : []));
    return allow.length === 0 ? undefined : { kind: 'refusal', handle: refuseMethod(allow) };
  };
  // A GET without its body answers HEAD where the document does not describe it.
  return (method, path) => {
    const found = find(method, path);
    return method === 'HEAD' && found?.kind === 'refusal' ? find('GET', path) : found;
  };
}

type Served = Extract<Found, { readonly operation: Operation }>;

/** Of what several documents have: a path written out over one with parameters, a first path over other paths. */
function bestOf(served: readonly Served[], path: string): Served | undefined {
  const weightOf = (one: Served): number =>
    (one.path === path ? 2 : 0) + (one.path === one.operation.path ? 1 : 0);
  return [...served].sort((a, b) => weightOf(b) - weightOf(a))[0];
}

/** 405 as the wire of procedures has it: no body, the methods there are. */
function refuseMethod(allow: readonly string[]): RouteHandler {
  const methods = [...new Set(allow.includes('GET') ? [...allow, 'HEAD'] : allow)].sort().join(', ');
  return (request, response) => {
    request.resume();
    response.writeHead(405, { Allow: methods, 'Content-Length': 0 });
    response.end();
  };
}
