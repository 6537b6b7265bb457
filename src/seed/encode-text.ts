import type { WorldBlock } from '../world/world.ts';
import type { ArenaPool, EncodedChunk } from './arena-pool.ts';
import { createRowMask, type RowPart, type RowSelection, rowBefore } from './row-selection.ts';
import { wholeChunk } from './seed-encoder.ts';
import { SILENT_ROWS } from './selected-rows.ts';
import type { TextWriter } from './text-format.ts';
import { createTextOutput, type TextOutput } from './text-output.ts';

/** Which rows are encoded, and where the memory comes from. */
export interface EncodeJob {
  readonly selection: RowSelection;
  readonly part: RowPart;
  readonly pool: ArenaPool;
}

/**
 * The bytes of one part in chunks of up to half a MiB, made as they are asked for. A chunk without bytes
 * only says how many rows have been looked at.
 */
export function* encodeText(writer: TextWriter, job: EncodeJob): Generator<EncodedChunk> {
  const { selection, part } = job;
  const output = createTextOutput(job.pool);
  const addBlock = createBlockAdder(writer, job, output);
  let lastTurn = part.low;
  if (part.isFirst) output.add(writer.head, 0, part.low);
  for (const block of selection.world.scan({ low: part.low, high: part.high, descending: false })) {
    addBlock(block);
    const reached = block.first + block.length;
    for (let chunk = output.next(); chunk !== undefined; chunk = output.next()) {
      lastTurn = reached;
      yield chunk;
    }
    if (reached - lastTurn < SILENT_ROWS) continue;
    lastTurn = reached;
    yield wholeChunk(new Uint8Array(0), 0, reached);
  }
  if (part.isLast) output.add(writer.tail(addBlock.last()), 0, part.high);
  output.close(part.high);
  for (let chunk = output.next(); chunk !== undefined; chunk = output.next()) yield chunk;
}

/** Adds the rows of a block to the output and remembers the last of them. */
interface BlockAdder {
  (block: WorldBlock): void;
  /** World index of the last row of the whole so far, or -1. */
  last(): number;
}

function createBlockAdder(
  writer: TextWriter,
  { selection, part }: EncodeJob,
  output: TextOutput,
): BlockAdder {
  const { row: textOf, after } = writer;
  const maskOf = createRowMask(selection);
  let previous = writer.looksBack ? rowBefore(selection, part.low) : -1;
  const addBlock = (block: WorldBlock): void => {
    const mask = maskOf(block);
    for (let row = 0; row < block.length; row += 1) {
      if (mask?.[row] === 0) continue;
      const index = block.first + row;
      output.add(writer.between(previous, index) + textOf(block, row) + after, 1, index + 1);
      previous = index;
    }
  };
  return Object.assign(addBlock, { last: () => previous });
}
