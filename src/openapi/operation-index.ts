import type { Operation } from './operation.ts';

/** What a path leads to. */
export type Found =
  | {
      readonly operation: Operation;
      /** The operation's path, or that of its other paths, which led here. */
      readonly path: string;
      /** The parts of the path that its template names, percent-decoded. */
      readonly pathParameters: Readonly<Record<string, string>>;
    }
  /** The path is known, the method is not: the methods that are, for `Allow`. */
  | { readonly operation?: never; readonly allow: readonly string[] };

/** Finds operations by method and path. */
export interface OperationIndex {
  /** Undefined where no operation has such a path. Case and trailing slashes count. */
  find(method: string, pathname: string): Found | undefined;
}

/**
 * An index of operations. Literal parts of a path win over templates, the earlier over the later, and in a segment
 * more literal text over less: `/orders/{id}:cancel` over `/orders/{id}`. A template that matches and lacks the method
 * hides no other that has it. An operation's first path wins over the other paths of any.
 */
export function createOperationIndex(operations: readonly Operation[]): OperationIndex {
  const routes = new Map<string, Route>();
  const add = (path: string, operation: Operation): void => {
    const route = routes.get(path) ?? createRoute(path);
    // The first of several operations of the same method, e.g. of two documents, is kept.
    if (!route.byMethod.has(operation.method)) route.byMethod.set(operation.method, operation);
    routes.set(path, route);
  };
  for (const operation of operations) add(operation.path, operation);
  for (const operation of operations) for (const path of operation.otherPaths ?? []) add(path, operation);
  const templates = [...routes.values()].filter(({ isLiteral }) => !isLiteral).sort((a, b) => compare(a, b));
  return {
    find: (method, pathname) => {
      const literal = routes.get(pathname);
      return findAmong(literal?.isLiteral ? [literal] : templates, { method, pathname });
    },
  };
}

function findAmong(
  routes: readonly Route[],
  { method, pathname }: { readonly method: string; readonly pathname: string },
): Found | undefined {
  const allow = new Set<string>();
  for (const route of routes) {
    const match = route.expression.exec(pathname);
    if (match === null) continue;
    const operation = route.byMethod.get(method);
    if (operation !== undefined) {
      const pathParameters = decode(route.names, match.slice(1));
      return { operation, path: route.path, pathParameters };
    }
    for (const known of route.byMethod.keys()) allow.add(known);
  }
  return allow.size === 0 ? undefined : { allow: [...allow].sort() };
}

interface Route {
  readonly path: string;
  readonly isLiteral: boolean;
  readonly names: readonly string[];
  readonly expression: RegExp;
  /** For each segment how little of it is written out: 0 where all is, below 1 where some is, 1 for a lone template. */
  readonly weights: readonly number[];
  readonly byMethod: Map<string, Operation>;
}

function createRoute(path: string): Route {
  const names: string[] = [];
  const source = path.replace(/\{([^/}]*)\}|[.*+?^${}()|[\]\\]/g, (part, name: string | undefined) => {
    if (name === undefined) return `\\${part}`;
    names.push(name);
    return '([^/]+)';
  });
  return {
    path,
    isLiteral: names.length === 0,
    names,
    expression: new RegExp(`^${source}$`),
    weights: path.split('/').map(weightOf),
    byMethod: new Map(),
  };
}

function weightOf(segment: string): number {
  if (!segment.includes('{')) return 0;
  return 1 / (1 + segment.replace(/\{[^/}]*\}/g, '').length);
}

function compare(a: Route, b: Route): number {
  const at = a.weights.findIndex((weight, index) => weight !== b.weights[index]);
  return at < 0 ? 0 : (a.weights[at] ?? 0) - (b.weights[at] ?? 0);
}

function decode(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, decodePart(values[index] ?? '')]));
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is taken as it is: the schema of the parameter decides.
    return text;
  }
}
