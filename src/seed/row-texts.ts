import type { World } from '../world/world.ts';
import { createColumnFlat, createObjectFlat, type FlatStyle } from './flat-row.ts';
import { createColumnJson, type RowText } from './json-row.ts';
import type { RowSelection } from './row-selection.ts';

/** Makes the texts of a selection's rows. */
export interface RowTexts {
  /** The world's columns say the same as its sessions. */
  readonly isColumnar: boolean;
  /** The session as JSON, byte for byte what the mock sends. */
  json(): RowText;
  /** The session as a flat row. */
  flat(style: FlatStyle): RowText;
}

/** A world of up to so many rows is compared whole. */
const CHECKED_ROWS = 4096;

/** Where a larger world is compared: so many runs of so many rows. */
const SAMPLE = { runs: 16, length: 64 } as const;

/**
 * Makes row texts from the world's columns when they say the same as its sessions, which is several times
 * faster; otherwise (a session whose form the columns cannot hold) from the sessions themselves. A world of
 * up to 4096 rows is compared whole, a larger one at 1024 places; `exact` skips the columns altogether.
 */
export function createRowTexts(selection: RowSelection, { exact }: { readonly exact: boolean }): RowTexts {
  const { world, now } = selection;
  if (exact || !columnsAgree(selection)) {
    return {
      isColumnar: false,
      json: () => (block, row) => world.json(block.first + row, now),
      flat: (style) => {
        const textOf = createObjectFlat(world, now, style);
        return (block, row) => textOf(block.first + row);
      },
    };
  }
  return {
    isColumnar: true,
    json: () => createColumnJson(world, now),
    flat: (style) => createColumnFlat(world, now, style),
  };
}

function columnsAgree(selection: RowSelection): boolean {
  const { world, now, low, high } = selection;
  const json = createColumnJson(world, now);
  const runs = high - low <= CHECKED_ROWS ? [{ low, high }] : sampleRuns(selection);
  return runs.every((run) =>
    runAgrees(world, run, (block, row) => {
      return json(block, row) === world.json(block.first + row, now);
    }),
  );
}

/** Runs, spread evenly: the rows of a run share the cost of making their block. */
function sampleRuns({ low, high }: RowSelection): { low: number; high: number }[] {
  const { runs, length } = SAMPLE;
  const step = (high - low - length) / (runs - 1);
  return Array.from({ length: runs }, (_, number) => {
    const start = low + Math.floor(number * step);
    return { low: start, high: start + length };
  });
}

function runAgrees(
  world: World,
  run: { readonly low: number; readonly high: number },
  agrees: (...place: Parameters<RowText>) => boolean,
): boolean {
  for (const block of world.scan({ ...run, descending: false })) {
    for (let row = 0; row < block.length; row += 1) {
      if (!agrees(block, row)) return false;
    }
  }
  return true;
}
