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

/** Joins another mask to the mask. */
export function joinMasks(mode: 'and' | 'or', run: MaskRun & { readonly other: Uint8Array }): void {
  const { from, to, mask, other } = run;
  if (mode === 'and')
    for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) & (other[row] ?? 0);
  else for (let row = from; row < to; row += 1) mask[row] = (mask[row] ?? 0) | (other[row] ?? 0);
}
