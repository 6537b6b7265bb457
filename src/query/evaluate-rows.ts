import { joinCodePair, joinCodes, joinMasks, type MaskMode } from './combine-masks.ts';
import { evaluateColumn, type RowChunk } from './evaluate-column.ts';
import type { RowNode } from './row-node.ts';

/** Where a result goes. */
export interface MaskTarget {
  readonly mask: Uint8Array;
  readonly mode: MaskMode;
  /** How many masks are lent already. */
  readonly depth: number;
}

/** Writes 1 for the rows of a chunk that pass and 0 for the others, or joins that to the mask. */
export function evaluateRows(node: RowNode, chunk: RowChunk, target: MaskTarget): void {
  switch (node.kind) {
    case 'all':
    case 'none':
      writeConstant(node.kind === 'all' ? 1 : 0, chunk, target);
      break;
    case 'and':
    case 'or':
      if (target.mode === node.kind) joinParts(node.kind, node.parts, { chunk, target });
      else if (isCodePair(node) && target.mode !== 'and')
        evaluatePair(node.parts, chunk, { ...target, mode: target.mode });
      else throughScratch({ chunk, target }, (inner) => evaluateGroup(node.kind, node.parts, inner));
      break;
    case 'codes':
      joinCodes(target.mode, {
        ...chunk,
        mask: target.mask,
        table: node.table,
        codes: chunk.block.codes(node.column),
      });
      break;
    case 'ids':
      evaluateIds(node, chunk, target);
      break;
    case 'not':
      throughScratch({ chunk, target }, (inner) => {
        evaluateRows(node.part, chunk, inner.target);
        for (let row = chunk.from; row < chunk.to; row += 1)
          inner.target.mask[row] = 1 - (inner.target.mask[row] ?? 0);
      });
      break;
    default:
      throughScratch({ chunk, target }, (inner) => evaluateColumn(node, chunk, inner.target.mask));
  }
}

type CodesNode = Extract<RowNode, { kind: 'codes' }>;

interface CodePairNode {
  readonly kind: 'and';
  readonly parts: readonly [CodesNode, CodesNode];
}

function isCodePair(node: RowNode): node is CodePairNode {
  return node.kind === 'and' && node.parts.length === 2 && node.parts.every(({ kind }) => kind === 'codes');
}

function evaluatePair(
  [left, right]: CodePairNode['parts'],
  chunk: RowChunk,
  { mask, mode }: { readonly mask: Uint8Array; readonly mode: 'set' | 'or' },
): void {
  const { block, from, to } = chunk;
  const codes = [block.codes(left.column), block.codes(right.column)] as const;
  joinCodePair(mode, { from, to, mask, tables: [left.table, right.table], codes });
}

interface Job {
  readonly chunk: RowChunk;
  readonly target: MaskTarget;
}

function evaluateGroup(kind: 'and' | 'or', parts: readonly RowNode[], { chunk, target }: Job): void {
  const [first, ...others] = parts;
  if (first !== undefined) evaluateRows(first, chunk, target);
  joinParts(kind, others, { chunk, target: { ...target, mode: kind } });
}

function joinParts(kind: 'and' | 'or', parts: readonly RowNode[], { chunk, target }: Job): void {
  const undecided = kind === 'and' ? 1 : 0;
  for (const part of parts) {
    // A mask that is decided for every row spares the rest of the group.
    if (!target.mask.subarray(chunk.from, chunk.to).includes(undecided)) return;
    evaluateRows(part, chunk, target);
  }
}

/** Runs `evaluate` on the mask itself where it is to be set, else on a lent mask that is then joined. */
function throughScratch({ chunk, target }: Job, evaluate: (inner: Job) => void): void {
  const { mode, depth } = target;
  if (mode === 'set') {
    evaluate({ chunk, target });
    return;
  }
  const mask = chunk.scratch(depth);
  evaluate({ chunk, target: { mask, mode: 'set', depth: depth + 1 } });
  joinMasks(mode, { ...chunk, mask: target.mask, other: mask });
}

/** Looks only at rows that are still undecided: making an id costs more than all else. */
function evaluateIds(
  node: Extract<RowNode, { kind: 'ids' }>,
  chunk: RowChunk,
  { mask, mode }: MaskTarget,
): void {
  const { block, idAt, from, to } = chunk;
  const decided = mode === 'set' ? -1 : mode === 'and' ? 0 : 1;
  for (let row = from; row < to; row += 1) {
    if (mask[row] === decided) continue;
    const index = node.column === 'id' ? block.first + row : (block.parent[row] ?? -1);
    mask[row] = index !== -1 && node.accepts(idAt(index)) ? 1 : 0;
  }
}

function writeConstant(value: 0 | 1, { from, to }: RowChunk, { mask, mode }: MaskTarget): void {
  const isNeutral = mode !== 'set' && (mode === 'and') === (value === 1);
  if (!isNeutral) mask.fill(value, from, to);
}
