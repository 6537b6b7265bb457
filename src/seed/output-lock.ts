import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { KitError } from '../errors.ts';
import { outputError } from './output-error.ts';
import { parseUnfinishedName, type RunOwner, unfinishedName } from './run-owner.ts';

/** What is locked. */
export interface LockedOutput {
  /** What the user calls it, for messages. */
  readonly target: string;
  /** Path of its record: there is one lock for each. */
  readonly record: string;
  /** Names of the files that belong to it, beside the record. */
  readonly files: readonly string[];
  readonly owner: RunOwner;
}

/** Runs that began at the same moment agree within this time, in ms. */
const AGREEMENT_MS = 5000;
const TURN_MS = 10;

/**
 * Does `work` while no other run writes the same output, and removes what runs that were killed have left of its
 * files. Throws KitError `ERR_OUTPUT_TAKEN` when another run is at it, `ERR_OUTPUT`, and what `work` throws.
 *
 * A run puts up a `want` file under its own name and looks who else is there: one that has the lock (`held`) and, of
 * those that want it, the lowest name go first; the others step back. No file is ever taken over, so the file of a
 * killed run can be removed by anybody at any time.
 */
export async function withOutputLock<T>(output: LockedOutput, work: () => Promise<T>): Promise<T> {
  const want = lockPath(output, 'want');
  const held = lockPath(output, 'held');
  try {
    await fileSystem(output, writeFile(want, '', { flag: 'wx' }));
    await outwait(output);
    await fileSystem(output, writeFile(held, '', { flag: 'wx' }));
    await fileSystem(output, removeLeftovers(output));
    return await work();
  } finally {
    await rm(held, { force: true }).catch(() => undefined);
    await rm(want, { force: true }).catch(() => undefined);
  }
}

type LockState = 'want' | 'held';

function lockPath({ record, owner }: LockedOutput, state: LockState): string {
  return unfinishedName(`${record}.${state}`, owner.id);
}

/** Waits until those that have to step back have done so. */
async function outwait(output: LockedOutput): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const others = await fileSystem(output, otherRuns(output));
    if (others.length === 0) return;
    const first =
      others.find(({ state }) => state === 'held') ?? others.find(({ id }) => id < output.owner.id);
    if (first !== undefined || turn * TURN_MS > AGREEMENT_MS) throw taken(output, (first ?? others[0])?.id);
    await setTimeout(TURN_MS);
  }
}

interface OtherRun {
  readonly id: string;
  readonly state: LockState;
}

async function otherRuns({ record, owner }: LockedOutput): Promise<readonly OtherRun[]> {
  const stem = `${basename(record)}.`;
  const names = await readdir(dirname(record));
  return names.flatMap((name) => {
    const { file, ownerId: id = '' } = parseUnfinishedName(name) ?? {};
    const state = (['want', 'held'] as const).find((known) => file === stem + known);
    return state === undefined || id === owner.id || !owner.isRunning(id) ? [] : [{ id, state }];
  });
}

async function removeLeftovers({ record, files, owner }: LockedOutput): Promise<void> {
  const stem = basename(record);
  const ours = new Set([...files, stem, `${stem}.want`, `${stem}.held`]);
  for (const name of await readdir(dirname(record))) {
    const { file = '', ownerId = '' } = parseUnfinishedName(name) ?? {};
    if (!ours.has(file) || ownerId === owner.id || owner.isRunning(ownerId)) continue;
    await rm(join(dirname(record), name), { force: true });
  }
}

async function fileSystem<T>({ target }: LockedOutput, doing: Promise<T>): Promise<T> {
  return await doing.catch((error: unknown) => {
    throw outputError(target, error);
  });
}

function taken({ target }: LockedOutput, id: string | undefined): KitError {
  const reason = `process ${id?.split('-')[0]} is writing it; wait until it is done or choose another name`;
  return new KitError('ERR_OUTPUT_TAKEN', { target, reason });
}
