import type { ColumnBlock } from './columns.ts';
import { holdsNumber, type Intervals } from './intervals.ts';
import type { RowLeaf } from './row-node.ts';

/** Rows `[from, to)` of a block, seen at `now`, with scratch masks as long as the block. */
export interface RowChunk {
  readonly block: ColumnBlock;
  readonly from: number;
  readonly to: number;
  /** Ms since 1970. */
  readonly now: number;
  readonly idAt: (index: number) => string;
  /** Lends a mask for the depth of a nested group. */
  readonly scratch: (depth: number) => Uint8Array;
}

/** Writes 1 for the rows of a chunk that pass a test of one column, 0 for the others. */
export function evaluateColumn(
  node: Exclude<RowLeaf, { kind: 'codes' }>,
  chunk: RowChunk,
  mask: Uint8Array,
): void {
  switch (node.kind) {
    case 'times':
      if (node.column === 'start') evaluateStart(node.intervals, chunk, mask);
      else evaluateClosed(node, chunk, mask);
      break;
    case 'status':
      evaluateStatus(node.passes, chunk, mask);
      break;
    case 'rows':
      evaluateIndexes(node, chunk, mask);
      break;
    case 'ids':
      evaluateIds(node, chunk, mask);
      break;
    case 'hasParent':
      evaluateHasParent(chunk, mask);
  }
}

type LeafOf<Kind extends RowLeaf['kind']> = Extract<RowLeaf, { kind: Kind }>;

function evaluateStart(intervals: Intervals, { block, from, to }: RowChunk, mask: Uint8Array): void {
  const { start } = block;
  const first = start[from] ?? Number.NaN;
  const last = start[to - 1] ?? Number.NaN;
  // Starts ascend: when one interval holds both ends of the chunk, it holds all of it.
  const isCovered =
    holdsNumber(intervals, first) && intervals.length === 2 && last <= (intervals[1] ?? first);
  if (isCovered) mask.fill(1, from, to);
  else for (let row = from; row < to; row += 1) mask[row] = holdsNumber(intervals, start[row] ?? 0) ? 1 : 0;
}

/** End and duration: there is none while a session is open. */
function evaluateClosed(node: LeafOf<'times'>, { block, from, to, now }: RowChunk, mask: Uint8Array): void {
  const { start, end } = block;
  const { intervals } = node;
  const open = node.absent ? 1 : 0;
  const isEnd = node.column === 'end';
  const unitMs = node.column === 'duration' ? 1000 : 1;
  for (let row = from; row < to; row += 1) {
    const ended = end[row] ?? 0;
    const value = isEnd ? ended : (ended - (start[row] ?? 0)) / unitMs;
    mask[row] = ended <= now ? (holdsNumber(intervals, value) ? 1 : 0) : open;
  }
}

function evaluateStatus(passes: LeafOf<'status'>['passes'], chunk: RowChunk, mask: Uint8Array): void {
  const [active, completed, idle] = passes;
  const { end, quiet } = chunk.block;
  const { now } = chunk;
  for (let row = chunk.from; row < chunk.to; row += 1) {
    const isClosed = (end[row] ?? 0) <= now;
    mask[row] = isClosed ? completed : (quiet[row] ?? 0) === 1 ? idle : active;
  }
}

function evaluateIndexes(node: LeafOf<'rows'>, { block, from, to }: RowChunk, mask: Uint8Array): void {
  const [hit, miss] = node.isNegated ? [0, 1] : [1, 0];
  if (node.column === 'parent') {
    for (let row = from; row < to; row += 1)
      mask[row] = node.indexes.has(block.parent[row] ?? -1) ? hit : miss;
    return;
  }
  mask.fill(miss, from, to);
  for (const index of node.indexes) {
    const row = index - block.first;
    if (row >= from && row < to) mask[row] = hit;
  }
}

function evaluateIds(node: LeafOf<'ids'>, { block, from, to, idAt }: RowChunk, mask: Uint8Array): void {
  for (let row = from; row < to; row += 1) {
    const index = node.column === 'id' ? block.first + row : (block.parent[row] ?? -1);
    mask[row] = index !== -1 && node.accepts(idAt(index)) ? 1 : 0;
  }
}

function evaluateHasParent({ block, from, to }: RowChunk, mask: Uint8Array): void {
  const { parent } = block;
  for (let row = from; row < to; row += 1) mask[row] = (parent[row] ?? -1) === -1 ? 0 : 1;
}
