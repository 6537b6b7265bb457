import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../errors.ts';
import {
  loadManifest,
  type Manifest,
  type ManifestNames,
  type ManifestPart,
  manifestNames,
  measureFile,
  type SeedSettings,
  saveManifest,
} from './manifest.ts';
import { outputError } from './output-error.ts';
import { withOutputLock } from './output-lock.ts';
import { writeFileWhole } from './part-file.ts';
import { createMeter, type Meter, type RunControl } from './pump-chunks.ts';
import { cutParts, type RowPart, type RowSelection, type Shard, shardOf } from './row-selection.ts';
import type { RunOwner } from './run-owner.ts';
import type { ChunkStream, SeedEncoder } from './seed-encoder.ts';

/** What is written, and how it is recorded. */
export interface FileOutput extends RunControl {
  readonly selection: RowSelection;
  readonly encoder: SeedEncoder;
  readonly shard: Shard;
  /** What the run was asked for; a later run continues only with equal settings. */
  readonly settings: SeedSettings;
  /** Sessions of a part before the filter. */
  readonly partRows: number;
  /** Who is writing. */
  readonly owner: RunOwner;
}

/** What a run over files came to. */
export interface FileOutcome {
  readonly manifest: Manifest;
  /** Parts that were already there, whole. */
  readonly skipped: number;
}

interface PlannedFile {
  readonly file: string;
  readonly table: string;
  readonly chunks: () => ChunkStream;
  readonly part: RowPart | undefined;
}

/**
 * Writes a selection into a folder: small tables, then `sessions-00001…`, then `manifest.json`. Parts in order
 * are the whole. A run that was cut short is continued: finished parts are compared with the record and
 * kept. Throws KitError `ERR_OUTPUT`, `ERR_INTERRUPTED`, or `ERR_OUTPUT_TAKEN` when the folder holds
 * something else, or another run is writing it.
 */
export async function seedDirectory(directory: string, output: FileOutput): Promise<FileOutcome> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw outputError(directory, error);
  });
  const names = manifestNames(output.shard);
  const files = planFiles(output);
  const locked = {
    target: directory,
    record: join(directory, names.finished),
    files: [names.partial, ...files.map(({ file }) => file)],
    owner: output.owner,
  };
  return withOutputLock(locked, () => writeDirectory(directory, { output, names, files }));
}

interface DirectoryRun {
  readonly output: FileOutput;
  readonly names: ManifestNames;
  readonly files: readonly PlannedFile[];
}

async function writeDirectory(directory: string, run: DirectoryRun): Promise<FileOutcome> {
  const { output, names, files } = run;
  const known = await loadManifest(directory, names);
  if (known === undefined) await assertFree(directory, files);
  else assertSameRun(directory, known.manifest, output);
  const finished = new Map(known?.manifest.parts.map((part) => [part.file, part]));
  const { low, high } = shardOf(output.selection, output.shard);
  const meter = createMeter(high - low, output);
  const record = createRecord(directory, run);
  // Before the first part, so that a run that is cut short leaves the instant it saw the world at, and its claim to the names.
  if (known === undefined) await record.save();
  let skipped = 0;
  for (const planned of files) {
    const kept = await keptPart(directory, finished.get(planned.file));
    if (kept !== undefined) {
      skipped += 1;
      meter.count({ rows: planned.part ? kept.rows : 0, bytes: 0, seen: (planned.part?.high ?? low) - low });
      record.parts.push(kept);
      continue;
    }
    record.parts.push(await writePart(directory, planned, { output, meter }));
    await record.save();
  }
  return { manifest: await record.finish(known?.isFinished === true && skipped === files.length), skipped };
}

/** Files that no run has claimed are somebody's: a folder without a record must not hold any of the names. */
async function assertFree(directory: string, files: readonly PlannedFile[]): Promise<void> {
  for (const { file } of files) {
    const found = await lstat(join(directory, file)).catch(() => undefined);
    if (found === undefined || (found.isFile() && found.size === 0)) continue;
    const reason = `${file} is there and was not made by seed; remove it or choose another folder`;
    throw new KitError('ERR_OUTPUT_TAKEN', { target: directory, reason });
  }
}

function planFiles({ selection, encoder, shard, partRows }: FileOutput): PlannedFile[] {
  const { extension } = encoder;
  const tables = shard.index === 1 ? encoder.tables : [];
  const stem =
    shard.count === 1 ? 'sessions' : `sessions-${padded(shard.index, shard.count)}of${shard.count}`;
  const parts = cutParts(shardOf(selection, shard), partRows);
  return [
    ...tables.map((table) => ({
      file: `${table.name}${extension}`,
      table: table.name,
      chunks: () => encoder.encodeTable(table),
      part: undefined,
    })),
    ...parts.map((part, number) => ({
      file: `${stem}-${padded(number + 1, Math.max(parts.length, 10_000))}${extension}`,
      table: 'sessions',
      chunks: () => encoder.encode(part),
      part,
    })),
  ];
}

/** Digits enough for the largest, so that names sort as their numbers do. */
function padded(number: number, largest: number): string {
  return String(number).padStart(String(largest).length, '0');
}

/** Refuses to continue an output that was asked for differently: its parts would not fit together. */
function assertSameRun(directory: string, manifest: Manifest, { settings, selection }: FileOutput): void {
  const names = new Set([...Object.keys(settings), ...Object.keys(manifest.settings)]);
  const other = [...names].find((name) => manifest.settings[name] !== settings[name]);
  const now = new Date(selection.now).toISOString();
  if (other === undefined && manifest.now === now) return;
  const [name, before, asked] =
    other === undefined
      ? ['now', manifest.now, now]
      : [other, manifest.settings[other] ?? 'absent', settings[other] ?? 'absent'];
  throw new KitError('ERR_OUTPUT_TAKEN', {
    target: directory,
    reason: `it was begun with ${name} ${before}, not ${asked}; empty it or choose another folder`,
  });
}

async function writePart(
  directory: string,
  { file, table, chunks, part }: PlannedFile,
  { output, meter }: { readonly output: FileOutput; readonly meter: Meter },
): Promise<ManifestPart> {
  const { low } = shardOf(output.selection, output.shard);
  const facts = await writeFileWhole(join(directory, file), {
    chunks: chunks(),
    ownerId: output.owner.id,
    signal: output.signal,
    onChunk: ({ rows, bytes, reached }) =>
      meter.count(part ? { rows, bytes, seen: reached - low } : { rows: 0, bytes, seen: 0 }),
  });
  return { file, table, ...facts };
}

async function keptPart(
  directory: string,
  part: ManifestPart | undefined,
): Promise<ManifestPart | undefined> {
  const found = part && (await measureFile(join(directory, part.file)));
  return found?.sha256 === part?.sha256 && found?.bytes === part?.bytes ? part : undefined;
}

/** The record of a run, saved after each part so that nothing finished is made twice. */
interface RunRecord {
  readonly parts: ManifestPart[];
  /** Saves what is finished so far. */
  save(): Promise<void>;
  /** Saves the record of the whole, unless it is there already. */
  finish(isUnchanged: boolean): Promise<Manifest>;
}

function createRecord(directory: string, { output, names }: DirectoryRun): RunRecord {
  const parts: ManifestPart[] = [];
  const save = (name: string, manifest: Manifest): Promise<void> =>
    saveManifest(join(directory, name), manifest, output.owner.id);
  return {
    parts,
    save: () => save(names.partial, manifestOf(output, parts)),
    finish: async (isUnchanged) => {
      const manifest = manifestOf(output, parts);
      if (!isUnchanged) await save(names.finished, manifest);
      await rm(join(directory, names.partial), { force: true });
      return manifest;
    },
  };
}

/** The record of these finished parts. */
export function manifestOf({ selection, settings }: FileOutput, parts: readonly ManifestPart[]): Manifest {
  const sessions = parts.filter(({ table }) => table === 'sessions');
  return {
    version: 1,
    settings,
    now: new Date(selection.now).toISOString(),
    rows: sessions.reduce((sum, { rows }) => sum + rows, 0),
    parts: [...parts],
  };
}
