// The load generator, a process of its own: raw keep-alive sockets, one request at a time on each.
// Told its task by message; says 'ready', waits for 'go', and answers with what it counted.
import { connect } from 'node:net';
import { bodyText, createAnswer, readAnswer } from './answer.mjs';

const SAMPLE_EVERY = 50;
const RECEIVE_BYTES = 262_144;

process.once('message', async (task) => {
  const tally = {
    good: 0,
    bad: 0,
    firstFault: undefined,
    latencies: [],
    next: 0,
    until: Number.POSITIVE_INFINITY,
  };
  const requests = task.bodies.map((body) => encodeRequest(task, body));
  const clients = await Promise.all(
    Array.from({ length: task.connections }, () => openClient({ task, requests, tally })),
  );
  process.send('ready');
  process.once('message', async () => {
    const started = performance.now();
    tally.until = started + task.seconds * 1000;
    await Promise.all(clients.map((client) => client.run()));
    const seconds = (performance.now() - started) / 1000;
    process.send(summarise(tally, seconds), () => process.exit(0));
  });
});

function encodeRequest(task, body) {
  const { host, pathname } = new URL(task.url);
  const content = Buffer.from(body, task.isBinary ? 'latin1' : 'utf8');
  const headers = { host, ...task.headers, 'content-length': content.length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return Buffer.concat([head, content]);
}

/** One connection. Each answer is checked for its status and length, one in fifty is parsed. */
async function openClient({ task, requests, tally }) {
  const { hostname, port } = new URL(task.url);
  let answer = createAnswer();
  let sentAt = 0;
  let finish = () => {};
  const send = () => {
    sentAt = performance.now();
    answer = createAnswer(tally.next % SAMPLE_EVERY === 0);
    socket.write(requests[tally.next++ % requests.length]);
  };
  const receive = (length, buffer) => {
    readAnswer(answer, buffer.subarray(0, length));
    if (!answer.isComplete) return true;
    tally.latencies.push(performance.now() - sentAt);
    judge(answer, task, tally);
    if (performance.now() < tally.until) send();
    else finish();
    return true;
  };
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: { buffer: Buffer.allocUnsafe(RECEIVE_BYTES), callback: receive },
  });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('close', () => {
    tally.firstFault ??= 'the server closed the connection';
    tally.bad += 1;
    finish();
  });
  return {
    run: () =>
      new Promise((resolve) => {
        finish = resolve;
        send();
      }),
  };
}

function judge(answer, task, tally) {
  const fault = faultOf(answer, task);
  if (fault === undefined) tally.good += 1;
  else {
    tally.bad += 1;
    tally.firstFault ??= fault;
  }
}

function faultOf(answer, task) {
  if (answer.status !== 200) return `status ${answer.status}`;
  if (answer.missing < 0) return 'more bytes than its content-length';
  if (!answer.isSample) return undefined;
  const count = task.isBinary
    ? countSessions(Buffer.concat(answer.parts))
    : (JSON.parse(bodyText(answer)).sessions?.length ?? 0);
  return count === task.sessions ? undefined : `${count} sessions instead of ${task.sessions}`;
}

/** Fields of number 1 in a binary page; every field of it has a length. */
function countSessions(page) {
  let count = 0;
  for (let at = 0; at < page.length; ) {
    if (page[at++] === 0x0a) count += 1;
    let length = 0;
    let shift = 0;
    do {
      length |= (page[at] & 0x7f) << shift;
      shift += 7;
    } while (page[at++] & 0x80);
    at += length;
  }
  return count;
}

function summarise(tally, seconds) {
  const sorted = Float64Array.from(tally.latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const { good, bad, firstFault } = tally;
  return { good, bad, firstFault, seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}
