// Reading one HTTP/1.1 answer as its bytes come, at the least cost: nothing is kept unless it is a sample.

/** An answer that has not come yet. */
export function createAnswer(isSample = false) {
  return {
    isSample,
    isComplete: false,
    head: '',
    status: 0,
    isChunked: false,
    missing: 0,
    size: '',
    parts: [],
  };
}

/** Takes the next bytes of an answer; `isComplete` says when it is all there. */
export function readAnswer(answer, bytes) {
  const body = answer.status === 0 ? readHead(answer, bytes) : bytes;
  if (answer.status === 0) return;
  if (answer.isChunked) readChunks(answer, body);
  else {
    keep(answer, body);
    answer.missing -= body.length;
    answer.isComplete = answer.missing <= 0;
  }
}

/** The body of a sample. */
export function bodyText(answer) {
  return Buffer.concat(answer.parts).toString('utf8');
}

function readHead(answer, bytes) {
  answer.head += bytes.toString('latin1');
  const end = answer.head.indexOf('\r\n\r\n');
  if (end < 0) return bytes.subarray(bytes.length);
  const head = answer.head.slice(0, end);
  answer.status = Number(head.slice(9, 12));
  answer.isChunked = /\r\ntransfer-encoding: *chunked/i.test(head);
  answer.missing = answer.isChunked ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return bytes.subarray(bytes.length - (answer.head.length - end - 4));
}

/** `missing` counts the bytes of the chunk at hand and the line end after it. */
function readChunks(answer, bytes) {
  let at = 0;
  while (at < bytes.length) {
    if (answer.missing > 0) {
      const taken = Math.min(answer.missing, bytes.length - at);
      keep(answer, bytes.subarray(at, at + Math.max(0, Math.min(taken, answer.missing - 2))));
      answer.missing -= taken;
      at += taken;
      if (answer.missing === 0 && answer.isLast) answer.isComplete = true;
      continue;
    }
    const character = String.fromCharCode(bytes[at++]);
    if (character !== '\n') answer.size += character;
    else {
      const size = Number.parseInt(answer.size, 16);
      answer.size = '';
      answer.isLast = size === 0;
      answer.missing = size + 2;
    }
  }
}

/** The buffer is used again for the next bytes, so a sample is copied. */
function keep(answer, bytes) {
  if (answer.isSample && bytes.length > 0) answer.parts.push(Buffer.from(bytes));
}
