import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import { KitError } from '../errors.ts';
import { type Manifest, measureFile, readManifest, saveManifest } from './manifest.ts';
import { outputError } from './output-error.ts';
import { withOutputLock } from './output-lock.ts';
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
 * into `FILE.manifest.json`. Throws KitError `ERR_OUTPUT`, `ERR_INTERRUPTED`, or `ERR_OUTPUT_TAKEN` where the file or
 * its record is somebody else's, or another run is writing it.
 */
export async function seedFile(path: string, output: FileOutput): Promise<FileOutcome> {
  const { owner } = output;
  const locked = { target: path, record: fileManifestPath(path), files: [basename(path)], owner };
  return withOutputLock(locked, () => writeOne(path, output));
}

async function writeOne(path: string, output: FileOutput): Promise<FileOutcome> {
  await assertOurs(path);
  await claim(path, output);
  const part = shardOf(output.selection, output.shard);
  const meter = createMeter(part.high - part.low, output);
  const facts = await writeFileWhole(path, {
    chunks: output.encoder.encode(part),
    ownerId: output.owner.id,
    signal: output.signal,
    onChunk: ({ rows, bytes, reached }) => meter.count({ rows, bytes, seen: reached - part.low }),
  });
  const manifest = manifestOf(output, [{ file: basename(path), table: 'sessions', ...facts }]);
  await saveManifest(fileManifestPath(path), manifest, output.owner.id);
  return { manifest, skipped: 0 };
}

/** Leaves a record without parts, so that a run that was killed can be run again. */
async function claim(path: string, output: FileOutput): Promise<void> {
  try {
    await saveManifest(fileManifestPath(path), manifestOf(output, []), output.owner.id);
  } catch (error) {
    // It is the file that was asked for, not its record.
    throw outputError(path, error instanceof KitError ? error.cause : error);
  }
}

/** Only a regular file that an earlier run has recorded is replaced; devices, pipes and others' files are not. */
async function assertOurs(path: string): Promise<void> {
  const record = await readManifest(fileManifestPath(path));
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) {
    throw new KitError('ERR_OUTPUT', {
      target: path,
      reason: 'it is not a regular file; use standard output for pipes',
    });
  }
  if (found.size === 0 || record !== undefined) return;
  const reason = 'the file exists and was not made by seed; remove it or choose another name';
  throw new KitError('ERR_OUTPUT_TAKEN', { target: path, reason });
}

/**
 * Compares finished files with their record, by size and sha256. `locate` gives the place of a file of the
 * record. Throws KitError `ERR_OUTPUT_DIFFERS` at the first difference.
 */
export async function verifyOutput(record: string, locate: (file: string) => string): Promise<Manifest> {
  const manifest = await readManifest(record);
  if (manifest === undefined) throw differs(record, 'it does not exist');
  if (manifest.parts.length === 0) throw differs(record, 'the output was never finished');
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
