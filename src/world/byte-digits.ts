import { civilFromDays, DAY_MS, HOUR_MS, MINUTE_MS } from './civil-time.ts';

const ZERO = 48;
const [DASH, DOT, COLON, T, Z, S] = [45, 46, 58, 84, 90, 115];

/** Writes something as ASCII at a place and gives the place after it. */
export type ByteWriter<T> = (out: Uint8Array, place: number, value: T) => number;

/**
 * Makes a writer of instants: RFC 3339 with `Z`, three fraction digits, none on a whole second.
 * Source: measured (protobuf Timestamp in JSON).
 */
export function createInstantWriter(): ByteWriter<number> {
  let lastDay = Number.NaN;
  const date = new Uint8Array(11);
  return (out, start, ms) => {
    const day = Math.floor(ms / DAY_MS);
    if (day !== lastDay) {
      lastDay = day;
      writeDate(date, day);
    }
    let place = start;
    for (let digit = 0; digit < 11; digit += 1) out[place++] = date[digit] ?? 0;
    const rest = ms - day * DAY_MS;
    place = writeTwo(out, place, Math.floor(rest / HOUR_MS));
    out[place++] = COLON;
    place = writeTwo(out, place, Math.floor(rest / MINUTE_MS) % 60);
    out[place++] = COLON;
    place = writeTwo(out, place, Math.floor(rest / 1000) % 60);
    place = writeFraction(out, place, rest % 1000);
    out[place++] = Z;
    return place;
  };
}

/** Bytes of an instant with three fraction digits. */
export const INSTANT_BYTES = 24;

/**
 * Makes a writer of instants that always has three fraction digits, so that every digit has its place: all
 * {@link INSTANT_BYTES} of them are written. Not for whole seconds, which have none on the wire.
 */
export function createMillisecondWriter(): ByteWriter<number> {
  let [dayStart, dayEnd] = [0, 0];
  const date = new Uint8Array(11);
  return (out, start, ms) => {
    if (ms < dayStart || ms >= dayEnd) {
      const day = Math.floor(ms / DAY_MS);
      [dayStart, dayEnd] = [day * DAY_MS, (day + 1) * DAY_MS];
      writeDate(date, day);
    }
    for (let digit = 0; digit < 11; digit += 1) out[start + digit] = date[digit] ?? 0;
    const rest = (ms - dayStart) | 0;
    const seconds = (rest / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    writeTwo(out, start + 11, hours);
    out[start + 13] = COLON;
    writeTwo(out, start + 14, minutes - hours * 60);
    out[start + 16] = COLON;
    writeTwo(out, start + 17, seconds - minutes * 60);
    writeFraction(out, start + 19, rest - seconds * 1000);
    out[start + 23] = Z;
    return start + INSTANT_BYTES;
  };
}

/** Writes a span in ms as protobuf Duration: `31s`, `4.262s`. Source: measured (protobuf Duration in JSON). */
export function writeDuration(out: Uint8Array, start: number, ms: number): number {
  const seconds = Math.floor(ms / 1000);
  let place = writeFraction(out, writeWhole(out, start, seconds), ms - seconds * 1000);
  out[place++] = S;
  return place;
}

/** Writes ASCII text. */
export function writeAscii(out: Uint8Array, start: number, text: string): number {
  const { length } = text;
  for (let at = 0; at < length; at += 1) out[start + at] = text.charCodeAt(at);
  return start + length;
}

function writeDate(out: Uint8Array, days: number): void {
  const { year, month, day } = civilFromDays(days);
  let place = writeTwo(out, 0, Math.floor(year / 100));
  place = writeTwo(out, place, year % 100);
  out[place++] = DASH;
  place = writeTwo(out, place, month);
  out[place++] = DASH;
  place = writeTwo(out, place, day);
  out[place] = T;
}

function writeTwo(out: Uint8Array, place: number, value: number): number {
  const tens = (value / 10) | 0;
  out[place] = ZERO + tens;
  out[place + 1] = ZERO + value - tens * 10;
  return place + 2;
}

function writeFraction(out: Uint8Array, place: number, ms: number): number {
  if (ms === 0) return place;
  out[place] = DOT;
  const hundreds = (ms / 100) | 0;
  out[place + 1] = ZERO + hundreds;
  return writeTwo(out, place + 2, ms - hundreds * 100);
}

function writeWhole(out: Uint8Array, start: number, value: number): number {
  let size = 1;
  for (let bound = 10; value >= bound; bound *= 10) size += 1;
  let rest = value;
  for (let place = start + size - 1; place >= start; place -= 1) {
    const tenth = Math.floor(rest / 10);
    out[place] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return start + size;
}
