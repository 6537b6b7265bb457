import { writeFileSync } from 'node:fs';
import { loadWorld } from '../../../dist/files/load-world.js';
import { selectRows, shardOf } from '../../../dist/seed/row-selection.js';
import { openEncoder } from '../../../dist/seed/seed-format.js';

// node write-shards.mjs FOLDER FORMAT ROWS COUNT FIRST LAST: shards FIRST…LAST of COUNT, one file each.
const [folder, format, rows, count, first, last] = process.argv.slice(2);
const now = Date.parse('2026-01-15T12:00:00Z');
const world = await loadWorld({ scenario: 'startup', seed: 42, now, days: 30, count: Number(rows) });
const selection = selectRows(world, { now });
for (let index = Number(first); index <= Number(last); index += 1) {
  const encoder = await openEncoder(selection, { format, gzip: false, exact: false });
  const pieces = [];
  for await (const chunk of encoder.encode(shardOf(selection, { index, count: Number(count) }))) {
    pieces.push(Buffer.from(chunk.bytes));
    chunk.release();
  }
  writeFileSync(`${folder}/${index}`, Buffer.concat(pieces));
}
