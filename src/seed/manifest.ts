import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KitError } from '../errors.ts';
import { outputError } from './output-error.ts';
import { type FileFacts, writeFileWhole } from './part-file.ts';
import type { Shard } from './row-selection.ts';
import { wholeChunk } from './seed-encoder.ts';

/** One finished file of an output. */
export interface ManifestPart extends FileFacts {
  /** Its name beside the manifest. */
  readonly file: string;
  /** `sessions`, or the small table it holds. */
  readonly table: string;
}

/** What decides the bytes of an output, as it was asked for, e.g. `{ seed: "42", scenario: "startup", … }`. */
export type SeedSettings = Readonly<Record<string, string | number | boolean>>;

/** The record of an output. */
export interface Manifest {
  /** Version of this file's form. */
  readonly version: 1;
  readonly settings: SeedSettings;
  /** The instant the world was seen at, resolved: RFC 3339. */
  readonly now: string;
  /** Sessions in all parts. */
  readonly rows: number;
  readonly parts: readonly ManifestPart[];
}

/** Names of the two records of an output. */
export interface ManifestNames {
  /** The record of a finished output; written last. */
  readonly finished: string;
  /** The record of an unfinished one. */
  readonly partial: string;
}

/** `manifest.json` and `manifest.partial.json`; for shard 3 of 7 `manifest-3of7.json` and so on. */
export function manifestNames({ index, count }: Shard): ManifestNames {
  const stem = count === 1 ? 'manifest' : `manifest-${index}of${count}`;
  return { finished: `${stem}.json`, partial: `${stem}.partial.json` };
}

/** Writes a record whole; it is complete or absent. `ownerId` is the run's. Throws KitError `ERR_OUTPUT`. */
export async function saveManifest(path: string, manifest: Manifest, ownerId: string): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeFileWhole(path, { chunks: [wholeChunk(bytes, 0, 0)], ownerId });
}

/**
 * The record of a folder and whether its output is finished; undefined when there is none. Throws KitError
 * `ERR_OUTPUT_TAKEN` when the file is not a record.
 */
export async function loadManifest(
  directory: string,
  names: ManifestNames,
): Promise<{ readonly manifest: Manifest; readonly isFinished: boolean } | undefined> {
  const finished = await readManifest(join(directory, names.finished));
  if (finished !== undefined) return { manifest: finished, isFinished: true };
  const partial = await readManifest(join(directory, names.partial));
  return partial && { manifest: partial, isFinished: false };
}

/** Reads one record; undefined when the file does not exist. Throws like {@link loadManifest}. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw outputError(path, error);
  });
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (isManifest(value)) return value;
  throw new KitError('ERR_OUTPUT_TAKEN', { target: path, reason: 'it is not a manifest of formal-mock' });
}

/** Size and hash of a file, or undefined when it does not exist. */
export async function measureFile(path: string): Promise<Omit<FileFacts, 'rows'> | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw outputError(path, error);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a manifest: the caller says so with the file's name.
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  return (
    isRecord(value) &&
    value['version'] === 1 &&
    typeof value['now'] === 'string' &&
    typeof value['rows'] === 'number' &&
    isRecord(value['settings']) &&
    Array.isArray(value['parts']) &&
    value['parts'].every(isPart)
  );
}

function isPart(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['file'] === 'string' &&
    typeof value['table'] === 'string' &&
    typeof value['rows'] === 'number' &&
    typeof value['bytes'] === 'number' &&
    typeof value['sha256'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
