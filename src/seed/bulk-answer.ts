import { KitError } from '../errors.ts';
import type { BulkItem } from './bulk-batches.ts';
import { bulkReason } from './bulk-client.ts';

/** A document that the server will not take. */
export interface BulkRejection {
  /** Its id, or its world index where ids are not sent. */
  readonly id: string;
  readonly reason: string;
}

/** What a bulk answer says about the documents it does not confirm. */
export interface BulkVerdict {
  /** Answered with 429: to be sent again. */
  readonly busy: readonly BulkItem[];
  readonly rejected: readonly BulkRejection[];
}

/**
 * Reads the answer to a bulk request for these documents. Throws KitError `ERR_TARGET_REFUSED` when it is not a bulk
 * answer, or reports errors without saying which documents they are about.
 */
export function readBulkAnswer(target: string, json: unknown, items: readonly BulkItem[]): BulkVerdict {
  if (!isRecord(json) || typeof json['errors'] !== 'boolean') {
    throw new KitError('ERR_TARGET_REFUSED', { target, reason: 'its answer is not one to a bulk request' });
  }
  if (!json['errors']) return { busy: [], rejected: [] };
  const verdicts: unknown = json['items'];
  if (!Array.isArray(verdicts) || verdicts.length !== items.length) {
    const reason = `it reports errors without saying for which sessions: ${bulkReason(firstError(verdicts))}`;
    throw new KitError('ERR_TARGET_REFUSED', { target, reason });
  }
  const busy: BulkItem[] = [];
  const rejected: BulkRejection[] = [];
  for (const [place, item] of items.entries()) {
    const { status, error, id } = verdictOf(verdicts[place]);
    if (status === 429) busy.push(item);
    else if (status >= 300) {
      rejected.push({ id: id ?? `number ${item.index}`, reason: bulkReason(error) || `HTTP ${status}` });
    }
  }
  return { busy, rejected };
}

interface Verdict {
  readonly status: number;
  readonly error: unknown;
  readonly id: string | undefined;
}

/** `{"index":{"status":201,…}}`, whatever the action is called. */
function verdictOf(entry: unknown): Verdict {
  const inner: unknown = isRecord(entry) ? Object.values(entry)[0] : undefined;
  if (!isRecord(inner)) return { status: 500, error: 'no verdict', id: undefined };
  const { status, error, _id: id } = inner;
  return {
    status: typeof status === 'number' ? status : 500,
    error,
    id: typeof id === 'string' ? id : undefined,
  };
}

function firstError(verdicts: unknown): unknown {
  if (!Array.isArray(verdicts)) return undefined;
  return verdicts.map(verdictOf).find(({ status }) => status >= 300)?.error;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
