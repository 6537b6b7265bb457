import { expect, test } from 'vitest';

const { createAnswer, readAnswer, bodyText } = await import(new URL('./answer.mjs', import.meta.url).href);
const PLAIN = 'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"sessions":}';
const CHUNKED =
  'HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nb\r\n, the world\r\n0\r\n\r\n';

test.each([1, 2, 3, 7, 64, 1000])('an answer is read whole when it comes %i bytes at a time', (step) => {
  expect(readIn(step, PLAIN)).toEqual([200, '{"sessions":}']);
  expect(readIn(step, CHUNKED)).toEqual([503, 'hello, the world']);
});

test('an answer is not complete before its last byte', () => {
  for (const text of [PLAIN, CHUNKED]) {
    const answer = createAnswer(true);
    readAnswer(answer, Buffer.from(text.slice(0, -1)));
    expect(answer.isComplete).toBe(false);
    readAnswer(answer, Buffer.from(text.slice(-1)));
    expect(answer.isComplete).toBe(true);
  }
});

function readIn(step: number, text: string): [number, string] {
  const answer = createAnswer(true);
  for (let at = 0; at < text.length; at += step) readAnswer(answer, Buffer.from(text.slice(at, at + step)));
  return [answer.status, answer.isComplete ? bodyText(answer) : 'incomplete'];
}
