import { hash } from 'node:crypto';

/**
 * Where a walk goes on. Holds no field values, so it works under every sort and query, after a restart,
 * on any replica of the same world, and when new sessions have arrived.
 * Source: assumed (documented is only that the cursor is opaque).
 */
export interface Cursor {
  /** The last session of the page before. */
  readonly sessionId: string;
  /** The walk's clock, ms since 1970: every page of one walk sees the world at this instant. */
  readonly now: number;
}

/** What a cursor is good for: it is refused with any other. */
export interface CursorScope {
  /** Names the world, so that another world's cursors are foreign. */
  readonly world: string;
  readonly query: string;
  readonly sortBy: string;
  readonly startTimestamp: string;
  readonly endTimestamp: string;
}

const VERSION = 1;
const HEAD_BYTES = 13;
const CHECKSUM_BYTES = 6;

/** Encodes a cursor for a scope: URL-safe characters only, about 60 of them. */
export function encodeCursor(cursor: Cursor, scope: CursorScope): string {
  const id = Buffer.from(cursor.sessionId, 'utf8');
  const bytes = Buffer.alloc(HEAD_BYTES + id.length + CHECKSUM_BYTES);
  bytes[0] = VERSION;
  bytes.writeUIntBE(cursor.now, 1, 6);
  hashScope(scope).copy(bytes, 7, 0, 6);
  id.copy(bytes, HEAD_BYTES);
  checksum(bytes.subarray(0, -CHECKSUM_BYTES), scope.world).copy(bytes, bytes.length - CHECKSUM_BYTES, 0, 6);
  return bytes.toString('base64url');
}

/** A cursor that was read back. */
export interface DecodedCursor extends Cursor {
  /** True where it belongs to another query, sort or window. */
  readonly isForeign: boolean;
}

/** Reads a cursor back; undefined when the text is not a cursor of this world. */
export function decodeCursor(text: string, scope: CursorScope): DecodedCursor | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text || bytes.length <= HEAD_BYTES + CHECKSUM_BYTES) return undefined;
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  const isIntact = checksum(body, scope.world).subarray(0, 6).equals(bytes.subarray(-CHECKSUM_BYTES));
  if (bytes[0] !== VERSION || !isIntact) return undefined;
  return {
    sessionId: body.subarray(HEAD_BYTES).toString('utf8'),
    now: bytes.readUIntBE(1, 6),
    isForeign: !hashScope(scope).subarray(0, 6).equals(bytes.subarray(7, HEAD_BYTES)),
  };
}

function hashScope(scope: CursorScope): Buffer {
  const { query, sortBy, startTimestamp, endTimestamp } = scope;
  return sha256(JSON.stringify([query, sortBy, startTimestamp, endTimestamp]));
}

function checksum(body: Buffer, world: string): Buffer {
  return sha256(`${world}\n${body.toString('base64')}`);
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
