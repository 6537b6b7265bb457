import type { CodeArray } from './columns.ts';

/** How a result is joined to what the mask holds. */
export type MaskMode = 'set' | 'and' | 'or';

/** Rows `[from, to)` of a mask of 0 and 1. */
interface MaskRun {
  readonly from: number;
  readonly to: number;
  readonly mask: Uint8Array;
}

/** Joins the table's answer for each row's code to the mask. */
export function joinCodes(
  mode: MaskMode,
  run: MaskRun & { readonly table: Uint8Array; readonly codes: CodeArray },
): void {
  const { from, to, mask, table, codes } = run;
  if (mode === 'set') for (let row = from; row < to; row += 1) mask[row] = table[codes[row] ?? 0] ?? 0;
  else if (mode === 'and') andCodes(run);
  else for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) | (table[codes[row] ?? 0] ?? 0);
}

function andCodes({ from, to, mask, table, codes }: Parameters<typeof joinCodes>[1]): void {
  for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) & (table[codes[row] ?? 0] ?? 0);
}

/** Rows of two columns and their tables. */
export interface CodePair extends MaskRun {
  readonly tables: readonly [Uint8Array, Uint8Array];
  readonly codes: readonly [CodeArray, CodeArray];
}

/** Rows that both tables pass, in one go: the commonest group, and twice as quick as one by one. */
export function joinCodePair(mode: 'set' | 'or', { from, to, mask, tables, codes }: CodePair): void {
  const [left, right] = tables;
  const [leftCodes, rightCodes] = codes;
  const keep = mode === 'set' ? 0 : 1;
  for (let row = from; row < to; row += 1) {
    const passes = (left[leftCodes[row] ?? 0] ?? 0) & (right[rightCodes[row] ?? 0] ?? 0);
    mask[row] = ((mask[row] ?? 0) & keep) | passes;
  }
}

/** Joins another mask to the mask. */
export function joinMasks(mode: 'and' | 'or', run: MaskRun & { readonly other: Uint8Array }): void {
  const { from, to, mask, other } = run;
  if (mode === 'and')
    for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) & (other[row] ?? 0);
  else for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) | (other[row] ?? 0);
}
