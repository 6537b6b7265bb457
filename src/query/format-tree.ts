import type { Occur, QueryNode, RangeEnds } from './query-tree.ts';

const OCCUR_WORDS: Readonly<Record<Occur, string>> = {
  '+': 'required',
  '-': 'excluded',
  '?': 'optional',
  '': 'by default operator',
};

/** A tree as indented lines, one a node, each member of a group with its part in it. */
export function formatTree(tree: QueryNode): string {
  return formatLines(tree).join('\n');
}

function formatLines(node: QueryNode): readonly string[] {
  if ('bool' in node) {
    return [
      'group',
      ...node.bool.flatMap(([occur, inner]) => {
        const [first = '', ...rest] = formatLines(inner);
        return [`  ${OCCUR_WORDS[occur]}: ${first}`, ...rest.map((line) => `  ${line}`)];
      }),
    ];
  }
  if ('of' in node) {
    const [first = '', ...rest] = formatLines(node.of);
    return [`${first} (boost ${node.boost}, no effect on what matches)`, ...rest];
  }
  return [formatLeaf(node)];
}

type LeafNode = Exclude<QueryNode, { readonly bool: unknown } | { readonly of: unknown }>;

function formatLeaf(node: LeafNode): string {
  if ('empty' in node) return 'everything (empty query)';
  if ('all' in node) return 'everything';
  if ('exists' in node) return `${node.exists} has a value`;
  if ('regex' in node) return `${nameOf(node.regex.field)} fits the pattern /${node.regex.pattern}/`;
  if ('set' in node) return `${nameOf(node.set.field)} is any of ${JSON.stringify(node.set.values)}`;
  if ('range' in node) return `${nameOf(node.range.field)} ${formatEnds(node.range)}`;
  const { field, text, quote, slop, prefix } = node.term;
  const form = quote === 'none' ? 'is' : quote === 'double' ? 'holds the phrase' : 'holds all words of';
  const extra = prefix === true ? ' as a beginning' : slop === undefined ? '' : ` within ${slop} moves`;
  return `${nameOf(field)} ${form} ${JSON.stringify(text)}${extra}`;
}

function nameOf(field: string | null): string {
  return field ?? 'any default field';
}

const END_SIGNS = [
  ['gte', '>='],
  ['gt', '>'],
  ['lte', '<='],
  ['lt', '<'],
] as const;

function formatEnds(ends: RangeEnds): string {
  const parts = END_SIGNS.flatMap(([end, sign]) => (ends[end] === undefined ? [] : [`${sign} ${ends[end]}`]));
  return parts.length === 0 ? 'has a value' : parts.join(' and ');
}
