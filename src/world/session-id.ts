import { deriveKey, hashText, mix } from './hash.ts';
import { type ByteTarget, decodeBase32, encodeBase32, type Words, writeBase32 } from './type-id.ts';

/** Which UUID version a world's session ids carry; `v4` ids say nothing about time. */
export type IdFormat = 'v7' | 'v4';

/** Where an id says its session is: emission number `emission` of bucket `bucket`. */
export interface IdPlace {
  readonly bucket: number;
  readonly emission: number;
}

/** What one session's id is made from. */
export interface IdRow {
  readonly place: IdPlace;
  /** {@link SessionIds.bucketKey} of its bucket. */
  readonly bucketKey: number;
  readonly startMs: number;
}

/** How a world names its sessions, without a table of ids. */
export interface SessionIds {
  /** Order of sessions that start in the same millisecond: sorting by it sorts their ids. Unsigned 32-bit. */
  tieOf(bucketKey: number, emission: number): number;
  /** The id of one session. `bucketKey` is {@link SessionIds.bucketKey} of its bucket. */
  encode(place: IdPlace, bucketKey: number, startMs: number): string;
  /** Writes what {@link SessionIds.encode} gives, as 34 bytes of ASCII at the target's place. */
  write(target: ByteTarget, row: IdRow): void;
  /** Where the session with this id is, or undefined when this world never made the id. */
  decode(id: string): IdPlace | undefined;
  /** The key under which a bucket's ids are made. */
  bucketKey(bucket: number): number;
}

/** Sessions one bucket can hold: an emission number has 22 bits in an id. */
export const MAX_BUCKET_SESSIONS: number = 4_194_304;

const PREFIX = 'session_';
const TIE = hashText('tie');
const MASK = hashText('mask');
const CHECK = hashText('check');
const PLACE = hashText('place');
const LOW_22 = MAX_BUCKET_SESSIONS - 1;
const LOW_20 = 0xfffff;
const LOW_28 = 0xfffffff;

interface IdKeys {
  readonly ids: number;
  readonly bucketMs: number;
}

/**
 * Makes the naming of a world. In `v7` the first 48 bits are the start in ms, then come 32 bits that sort
 * sessions of one millisecond, the emission number under a mask, and 20 check bits.
 */
export function createSessionIds(worldKey: number, bucketMs: number, format: IdFormat): SessionIds {
  const keys: IdKeys = { ids: deriveKey(worldKey, hashText('ids')), bucketMs };
  const shared = {
    tieOf,
    bucketKey: (bucket: number): number => deriveKey(keys.ids, bucket),
  };
  if (format === 'v7') {
    return {
      ...shared,
      encode: encodeV7,
      write: (target, row) => writeId(target, wordsV7(row)),
      decode: (id) => decodeV7(keys, id),
    };
  }
  return {
    ...shared,
    encode: (place, bucketKey) => encodeV4(keys, place, bucketKey),
    write: (target, { place, bucketKey }) => writeId(target, wordsV4(keys, place, bucketKey)),
    decode: (id) => decodeV4(keys, id),
  };
}

/** A bijection of the emission number, so two sessions of a bucket never tie. */
function tieOf(bucketKey: number, emission: number): number {
  return mix(emission ^ bucketKey ^ TIE) >>> 0;
}

function maskedEmission(bucketKey: number, tie: number, emission: number): number {
  return (emission ^ mix(bucketKey ^ MASK ^ tie)) & LOW_22;
}

function checkBits(bucketKey: number, emission: number, startMs: number): number {
  return deriveKey(mix(bucketKey ^ CHECK) + emission, startMs);
}

/** The characters of the prefix as bytes, then those of the words. */
function writeId({ out, place }: ByteTarget, words: Words): void {
  for (let at = 0; at < PREFIX.length; at++) out[place + at] = PREFIX.charCodeAt(at);
  writeBase32({ out, place: place + PREFIX.length }, words);
}

function encodeV7(place: IdPlace, bucketKey: number, startMs: number): string {
  const [w0, w1, w2, w3] = wordsV7({ place, bucketKey, startMs });
  return PREFIX + encodeBase32(w0, w1, w2, w3);
}

function wordsV7({ place, bucketKey, startMs }: IdRow): Words {
  const tie = tieOf(bucketKey, place.emission);
  const masked = maskedEmission(bucketKey, tie, place.emission);
  const check = checkBits(bucketKey, place.emission, startMs) & LOW_20;
  const timeHigh = Math.floor(startMs / 65_536);
  const w1 = ((startMs - timeHigh * 65_536) << 16) | 0x7000 | (tie >>> 20);
  const w2 = 0x80000000 | ((tie & LOW_20) << 10) | (masked >>> 12);
  return [timeHigh, w1, w2, ((masked & 0xfff) << 20) | check];
}

function decodeV7(keys: IdKeys, id: string): IdPlace | undefined {
  const words = id.startsWith(PREFIX) ? decodeBase32(id, PREFIX.length) : undefined;
  if (words === undefined) return undefined;
  const [w0, w1, w2, w3] = words;
  const startMs = w0 * 65_536 + (w1 >>> 16);
  const tie = ((w1 & 0xfff) << 20) | ((w2 >>> 10) & LOW_20);
  const bucket = Math.floor(startMs / keys.bucketMs);
  const bucketKey = deriveKey(keys.ids, bucket);
  const emission = maskedEmission(bucketKey, tie, ((w2 & 0x3ff) << 12) | (w3 >>> 20));
  const place: IdPlace = { bucket, emission };
  return encodeV7(place, bucketKey, startMs) === id ? place : undefined;
}

function encodeV4(keys: IdKeys, place: IdPlace, bucketKey: number): string {
  const [w0, w1, w2, w3] = wordsV4(keys, place, bucketKey);
  return PREFIX + encodeBase32(w0, w1, w2, w3);
}

function wordsV4(keys: IdKeys, place: IdPlace, bucketKey: number): Words {
  const tie = tieOf(bucketKey, place.emission);
  const hidden = (place.bucket ^ mix(keys.ids ^ PLACE ^ tie)) & LOW_28;
  const masked = maskedEmission(bucketKey, tie, place.emission);
  const check = checkBits(bucketKey, place.emission, place.bucket);
  const w1 = ((hidden >>> 12) << 16) | 0x4000 | (hidden & 0xfff);
  const w2 = 0x80000000 | (masked << 8) | (mix(check ^ PLACE) & 0xff);
  return [tie, w1, w2, check];
}

function decodeV4(keys: IdKeys, id: string): IdPlace | undefined {
  const words = id.startsWith(PREFIX) ? decodeBase32(id, PREFIX.length) : undefined;
  if (words === undefined) return undefined;
  const [tie, w1, w2] = words;
  const bucket = (((w1 >>> 16) << 12) | (w1 & 0xfff)) ^ (mix(keys.ids ^ PLACE ^ tie) & LOW_28);
  const bucketKey = deriveKey(keys.ids, bucket);
  const emission = maskedEmission(bucketKey, tie, (w2 >>> 8) & LOW_22);
  const place: IdPlace = { bucket, emission };
  return encodeV4(keys, place, bucketKey) === id ? place : undefined;
}
