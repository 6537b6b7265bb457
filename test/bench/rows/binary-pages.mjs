// The pages of `formal-mock, different pages` in binary, as the official Go SDK asks for them.
import { differentPages, OURS } from './list-sessions.mjs';

/** ListSessionsV2Request: limit = 1, end_timestamp = 5. */
function toBinary(body) {
  const { limit, endTimestamp } = JSON.parse(body);
  const end = Buffer.from(endTimestamp);
  return Buffer.concat([Buffer.from([0x08, ...varint(limit), 0x2a, end.length]), end]).toString('latin1');
}

function varint(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

export const rows = [
  {
    name: 'formal-mock, different pages in binary',
    server: OURS,
    headers: { 'content-type': 'application/proto' },
    isBinary: true,
    bodies: (cell) => differentPages(cell).map(toBinary),
  },
];
