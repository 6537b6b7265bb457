import { type ParseResult, parseSync, visitorKeys } from 'oxc-parser';
import type { SourceFile } from './source-tree.ts';

/** A node of the syntax tree: its kind, its place in the text, and whatever else it holds. */
export interface SyntaxNode extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Parses a TypeScript file; a syntax error is thrown with the file's name. */
export function parseSource(file: SourceFile): ParseResult {
  const parsed = parseSync(file.path, file.text, { lang: 'ts' });
  const first = parsed.errors[0];
  if (first !== undefined) throw new Error(`${file.path}: ${first.message}`);
  return parsed;
}

/** Calls `visit` for a node and everything below it, parents first. */
export function walk(root: unknown, visit: (node: SyntaxNode, parent?: SyntaxNode) => void): void {
  const step = (value: unknown, parent?: SyntaxNode): void => {
    if (Array.isArray(value)) {
      for (const item of value) step(item, parent);
      return;
    }
    if (!isNode(value)) return;
    visit(value, parent);
    for (const key of visitorKeys[value.type] ?? []) step(value[key], value);
  };
  step(root);
}

/** True when a value is a node of the tree. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The one-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
