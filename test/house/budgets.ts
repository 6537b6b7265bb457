import type { SourceFile } from './source-tree.ts';
import { isNode, lineOf, parseSource, type SyntaxNode, walk } from './syntax.ts';

/** One function of a file and how long it is. */
export interface MeasuredFunction {
  readonly name: string;
  readonly line: number;
  /** From its first line to its last, both counted. */
  readonly lines: number;
}

/** How many lines a file has; the newline at its end does not start another. */
export function countLines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** Every function, method and arrow of a file, nested ones too. */
export function functionsOf(file: SourceFile): MeasuredFunction[] {
  const found: MeasuredFunction[] = [];
  walk(parseSource(file).program, (node, parent) => {
    if (!FUNCTIONS.has(node.type)) return;
    const line = lineOf(file.text, node.start);
    found.push({ name: nameOf(node, parent), line, lines: lineOf(file.text, node.end) - line + 1 });
  });
  return found;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function nameOf(node: SyntaxNode, parent?: SyntaxNode): string {
  const named = [node['id'], parent?.['id'], parent?.['key']].find(isNode);
  return typeof named?.['name'] === 'string' ? named['name'] : '(anonymous)';
}

/** The exports of a file that have no docstring directly above them; re-exports are documented where they are made. */
export function undocumentedExports(file: SourceFile): string[] {
  const { program, comments } = parseSource(file);
  const body: readonly unknown[] = program.body;
  const isDocumented = (start: number): boolean =>
    comments.some(
      (comment) =>
        comment.type === 'Block' &&
        comment.end <= start &&
        comment.value.startsWith('*') &&
        comment.value.replaceAll(/[\s*]/g, '') !== '' &&
        isBlank(file.text.slice(comment.end, start)),
    );
  const statements = new Map<string, number>();
  for (const statement of body.filter(isNode)) {
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement;
    for (const name of declaredNames(declaration)) statements.set(name, statement.start);
  }
  const exported = body.filter(isNode).flatMap(exportedNames);
  return exported.filter((name) => {
    const start = statements.get(name);
    return start === undefined || !isDocumented(start);
  });
}

function isBlank(text: string): boolean {
  return /^[ \t]*\r?\n?[ \t]*$/.test(text);
}

/** The local names that a statement exports; a statement with `from` makes nothing of its own. */
function exportedNames(statement: SyntaxNode): string[] {
  if (statement.type !== 'ExportNamedDeclaration' || isNode(statement['source'])) return [];
  if (isNode(statement['declaration'])) return declaredNames(statement['declaration']);
  const specifiers = Array.isArray(statement['specifiers']) ? statement['specifiers'] : [];
  return specifiers.filter(isNode).map((specifier) => identifier(specifier['local']));
}

function declaredNames(declaration: SyntaxNode): string[] {
  if (isNode(declaration['id'])) return [identifier(declaration['id'])];
  const list = Array.isArray(declaration['declarations']) ? declaration['declarations'] : [];
  return list.filter(isNode).map((declarator) => identifier(declarator['id']));
}

function identifier(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : '(pattern)';
}
