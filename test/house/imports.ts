import { posix } from 'node:path';
import type { SourceFile } from './source-tree.ts';
import { isNode, lineOf, parseSource, walk } from './syntax.ts';

/** One module that a file names, in any of the ways TypeScript has. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of the module is loaded at run time. */
  readonly isTypeOnly: boolean;
  /** The names taken, undefined when it is the whole module. */
  readonly names: readonly string[] | undefined;
}

/** Every module a file names: `import`, `export … from`, `import()`, `import('…').Type` and `require()`. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(parseSource(file).program, (node) => {
    const source = sourceOf(node);
    if (source === undefined) return;
    const specifier = isNode(source) && typeof source['value'] === 'string' ? source['value'] : '(computed)';
    const line = lineOf(file.text, node.start);
    found.push({ specifier, line, isTypeOnly: isTypeOnly(node), names: namesOf(node) });
  });
  return found;
}

function sourceOf(node: Readonly<Record<string, unknown>>): unknown {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node['source'] ?? undefined;
    case 'ImportExpression':
    case 'TSImportType':
      return node['source'];
    case 'TSExternalModuleReference':
      return node['expression'];
    case 'CallExpression':
      return isRequire(node['callee']) ? firstOf(node['arguments']) : undefined;
    default:
      return undefined;
  }
}

function isTypeOnly(node: Readonly<Record<string, unknown>>): boolean {
  return node['type'] === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type';
}

/** `import { a, b as c }` takes a and b; a default or `* as` takes everything. */
function namesOf(node: Readonly<Record<string, unknown>>): string[] | undefined {
  const specifiers = node['specifiers'];
  if (!Array.isArray(specifiers) || specifiers.length === 0) return undefined;
  const names = specifiers.map((specifier) => specifier.imported?.name);
  return names.every((name) => typeof name === 'string') ? names : undefined;
}

function isRequire(callee: unknown): boolean {
  return isNode(callee) && callee['name'] === 'require';
}

function firstOf(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}

/** The path below `src/` that a relative import names, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

/** The package of a specifier: `@scope/name/deep` is `@scope/name`, `node:fs/promises` stays whole. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The first ring of files that import each other, as a path that ends where it began. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const graph = new Map(files.map((file) => [file.path, neighboursOf(file)]));
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    trail.push(path);
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    trail.pop();
    done.add(path);
    return undefined;
  };
  for (const path of graph.keys()) {
    const cycle = visit(path);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function neighboursOf(file: SourceFile): string[] {
  return importsOf(file)
    .map(({ specifier }) => resolveImport(file.path, specifier))
    .filter((path) => path !== undefined);
}
