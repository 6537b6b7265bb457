import { setTimeout } from 'node:timers/promises';
import { KitError } from '../errors.ts';
import { type BulkRejection, readBulkAnswer } from './bulk-answer.ts';
import { type BulkBatch, type BulkItem, bulkBatches } from './bulk-batches.ts';
import { type BulkIndex, openBulkIndex, refusal } from './bulk-client.ts';
import { assertRunning, createMeter, type RunControl } from './pump-chunks.ts';
import { type RowPart, type RowSelection, rowBefore, type Shard, shardOf } from './row-selection.ts';
import { createRowTexts } from './row-texts.ts';

/** What is loaded into an index. */
export interface BulkLoad extends RunControl {
  readonly selection: RowSelection;
  readonly shard: Shard;
  /** Makes every row from the session itself; needed when fixtures lie over the world. */
  readonly exact: boolean;
  /** Loads into Quickwit even when sessions of this load are there already. */
  readonly allowDuplicates: boolean;
  /** Waits between tries; default a timer that the signal ends. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** What a load came to. */
export interface BulkOutcome {
  /** Sessions the index took. */
  readonly rows: number;
  /** Times that documents were sent again because the server was busy. */
  readonly retries: number;
}

/** Tries without any progress before a busy server is given up. */
const MAX_TRIES = 8;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** The longest pause that a server may ask for. */
const LONGEST_ASKED_MS = 60_000;

/**
 * Loads one shard of a selection through Elasticsearch's bulk API (Elasticsearch, OpenSearch, Quickwit). A document's id
 * is the session's, so loading again refreshes it; Quickwit has no ids, so a second load is refused. Documents
 * answered with 429 are sent again, those alone; others that are rejected are reported when all the rest is
 * loaded. Throws KitError `ERR_OPTION_INVALID`, `ERR_UNREACHABLE`, `ERR_TARGET_REFUSED` or `ERR_INTERRUPTED`.
 */
export async function seedBulk(url: string, load: BulkLoad): Promise<BulkOutcome> {
  const { selection, shard, signal } = load;
  const index = await openBulkIndex(url, signal);
  const part = shardOf(selection, shard);
  const isQuickwit = index.flavour === 'quickwit';
  if (isQuickwit && !load.allowDuplicates) await assertFirstLoad(index, selection, part);
  const batches = bulkBatches({
    selection,
    part,
    json: createRowTexts(selection, { exact: load.exact }).json(),
    action: isQuickwit
      ? () => '{"create":{}}'
      : (row) => `{"index":{"_id":${JSON.stringify(selection.world.idAt(row))}}}`,
  });
  const sender = createBatchSender(index, load);
  const meter = createMeter(part.high - part.low, load);
  for (const batch of batches) {
    assertRunning(signal);
    const taken = await sender.send(batch);
    meter.count({ rows: taken, bytes: batch.bytes, seen: batch.reached - part.low });
  }
  // Elasticsearch shows new documents after a second; a refusal to hurry does not undo the load.
  if (!isQuickwit) await index.request('POST', '/_refresh');
  assertNoneRejected(index, sender.rejections, meter.rows);
  return { rows: meter.rows, retries: sender.retries };
}

/** Sends batches until every document is taken or rejected for good. */
interface BatchSender {
  readonly rejections: readonly BulkRejection[];
  readonly retries: number;
  /** Sends a batch and gives how many documents were taken. */
  send(batch: BulkBatch): Promise<number>;
}

function createBatchSender(index: BulkIndex, { signal, wait }: BulkLoad): BatchSender {
  const pause = wait ?? createPause(signal);
  const rejections: BulkRejection[] = [];
  let retries = 0;
  /** One request; gives the documents that the server was too busy for. */
  const sendOnce = async (items: readonly BulkItem[]): Promise<Busy> => {
    const text = items.map((item) => item.text).join('');
    const answer = await index.request('POST', '/_bulk', { mediaType: 'application/x-ndjson', text });
    if (answer.status === 413 && items.length > 1) return sendHalves(items);
    // Quickwit may have kept part of a body it answers with 503; only 429 says that it has not.
    const isBusy = answer.status === 429 || (answer.status === 503 && index.flavour === 'elasticsearch');
    if (isBusy) return { items, waitMs: answer.retryAfterMs };
    if (answer.status >= 300) throw refusal(index.target, answer);
    const { busy, rejected } = readBulkAnswer(index.target, answer.json, items);
    rejections.push(...rejected);
    return { items: busy, waitMs: undefined };
  };
  const sendHalves = async (items: readonly BulkItem[]): Promise<Busy> => {
    const middle = Math.ceil(items.length / 2);
    const first = await sendOnce(items.slice(0, middle));
    const second = await sendOnce(items.slice(middle));
    return { items: [...first.items, ...second.items], waitMs: second.waitMs ?? first.waitMs };
  };
  const send = async ({ items }: BulkBatch): Promise<number> => {
    const rejectedBefore = rejections.length;
    let left = items;
    for (let tries = 0; left.length > 0; ) {
      assertRunning(signal);
      const busy = await sendOnce(left);
      tries = busy.items.length < left.length ? 0 : tries + 1;
      left = busy.items;
      if (left.length === 0) break;
      if (tries >= MAX_TRIES) throw tooBusy(index.target, left.length);
      retries += 1;
      await pause(nextPauseMs(index.target, busy.waitMs, tries));
    }
    return items.length - (rejections.length - rejectedBefore);
  };
  return {
    rejections,
    get retries() {
      return retries;
    },
    send,
  };
}

interface Busy {
  readonly items: readonly BulkItem[];
  /** What the server asked for. */
  readonly waitMs: number | undefined;
}

/** Makes a timer that the signal ends. */
function createPause(signal: AbortSignal | undefined): (ms: number) => Promise<void> {
  return async (ms) => {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      assertRunning(signal);
      throw error;
    });
  };
}

/** The next pause: what the server asked for, or one that grows. Throws KitError for one that is too long. */
function nextPauseMs(target: string, askedMs: number | undefined, tries: number): number {
  if (askedMs === undefined) return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  if (askedMs <= LONGEST_ASKED_MS) return askedMs;
  const reason = `it is too busy and asks to be left alone for ${Math.ceil(askedMs / 1000)} s, longer than ${LONGEST_ASKED_MS / 1000} s; load again later`;
  throw new KitError('ERR_UNREACHABLE', { target, reason });
}

function tooBusy(target: string, count: number): KitError {
  const reason = `it answered 429 ${MAX_TRIES} times in a row for ${count} sessions`;
  return new KitError('ERR_UNREACHABLE', { target, reason });
}

function assertNoneRejected(
  { target }: BulkIndex,
  rejections: readonly BulkRejection[],
  taken: number,
): void {
  const [first] = rejections;
  if (first === undefined) return;
  const reason = `${rejections.length} sessions were rejected (${taken} were taken); the first, ${first.id}: ${first.reason}`;
  throw new KitError('ERR_TARGET_REFUSED', { target, reason });
}

/** Quickwit cannot replace a document: looks whether the first or the last session of this load is there. */
async function assertFirstLoad(index: BulkIndex, selection: RowSelection, part: RowPart): Promise<void> {
  const last = rowBefore(selection, part.high);
  if (last < part.low) return;
  const ids = [part.low, last].map((row) => selection.world.idAt(row));
  const text = JSON.stringify({ size: 0, track_total_hits: true, query: { terms: { id: ids } } });
  const answer = await index.request('POST', '/_search', { mediaType: 'application/json', text });
  if (answer.status >= 300) throw refusal(index.target, answer);
  if (totalHits(answer.json) === 0) return;
  throw new KitError('ERR_TARGET_REFUSED', {
    target: index.target,
    reason:
      'it holds sessions of this load already, and Quickwit would store them twice; --allow-duplicates does it anyway',
  });
}

function totalHits(json: unknown): number {
  const total = member(member(json, 'hits'), 'total');
  const value = typeof total === 'number' ? total : member(total, 'value');
  return typeof value === 'number' ? value : 0;
}

function member(value: unknown, name: string): unknown {
  // Any object may be asked for a member it does not have.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
