import { basename } from 'node:path';
import { KitError } from '../errors.ts';
import { type Manifest, measureFile, readManifest, saveManifest } from './manifest.ts';
import { writeFileWhole } from './part-file.ts';
import { createMeter } from './pump-chunks.ts';
import { shardOf } from './row-selection.ts';
import { type FileOutcome, type FileOutput, manifestOf } from './seed-directory.ts';

/** Where the record of a single file is kept. */
export function fileManifestPath(path: string): string {
  return `${path}.manifest.json`;
}

/**
 * Writes one shard of a selection into one file, replacing it when the new one is complete, then its record
 * into `FILE.manifest.json`. Throws KitError `ERR_OUTPUT` or `ERR_INTERRUPTED`.
 */
export async function seedFile(path: string, output: FileOutput): Promise<FileOutcome> {
  const part = shardOf(output.selection, output.shard);
  const meter = createMeter(part.high - part.low, output);
  const facts = await writeFileWhole(path, {
    chunks: output.encoder.encode(part),
    signal: output.signal,
    onChunk: ({ rows, bytes, reached }) => meter.count({ rows, bytes, seen: reached - part.low }),
  });
  const manifest = manifestOf(output, [{ file: basename(path), table: 'sessions', ...facts }]);
  await saveManifest(fileManifestPath(path), manifest);
  return { manifest, skipped: 0 };
}

/**
 * Compares finished files with their record, by size and sha256. `locate` gives the place of a file of the
 * record. Throws KitError `ERR_OUTPUT_DIFFERS` at the first difference.
 */
export async function verifyOutput(record: string, locate: (file: string) => string): Promise<Manifest> {
  const manifest = await readManifest(record);
  if (manifest === undefined) throw differs(record, 'it does not exist');
  for (const { file, bytes, sha256 } of manifest.parts) {
    const target = locate(file);
    const found = await measureFile(target);
    if (found === undefined) throw differs(target, 'it does not exist');
    if (found.bytes !== bytes) throw differs(target, `it has ${found.bytes} bytes, not ${bytes}`);
    if (found.sha256 !== sha256) throw differs(target, 'its sha256 is another');
  }
  return manifest;
}

function differs(target: string, reason: string): KitError {
  return new KitError('ERR_OUTPUT_DIFFERS', { target, reason });
}
