import type { SourceFile } from './source-tree.ts';
import { isNode, lineOf, parseSource, type SyntaxNode, walk } from './syntax.ts';

/** Places where a file reads the clock, rolls dice, or touches the process, one line each. */
export function impurities(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSource(file).program, (node, parent) => {
    const what = impurityOf(node, parent);
    if (what !== undefined) found.push(`${file.path}:${lineOf(file.text, node.start)}: ${what}`);
  });
  return found;
}

const MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'performance.timeOrigin',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);
const NAMES = new Set(['process', 'console', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);

function impurityOf(node: SyntaxNode, parent?: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = `${identifier(node['object'])}.${identifier(node['property'])}`;
    return MEMBERS.has(name) ? name : undefined;
  }
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const isBareDate = identifier(node['callee']) === 'Date' && isEmpty(node['arguments']);
    return isBareDate ? 'new Date() without an argument' : undefined;
  }
  if (node.type !== 'Identifier' || !isReference(node, parent)) return undefined;
  const name = identifier(node);
  return NAMES.has(name) ? name : undefined;
}

/** An identifier that names a value, not a property, a key, or a name that the file gives itself. */
function isReference(node: SyntaxNode, parent?: SyntaxNode): boolean {
  if (parent === undefined) return true;
  if (parent.type === 'MemberExpression') return parent['object'] === node || parent['computed'] === true;
  const isName = [parent['key'], parent['id'], parent['imported']].includes(node);
  return !isName && !parent.type.startsWith('TS');
}

function identifier(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : '';
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}
