// One measurement: a fresh load generator against one server, and what the server spent on it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startServer } from './processes.mjs';

const LOAD = fileURLToPath(new URL('./load.mjs', import.meta.url));
const PATH = '/core.v1.SessionsService/ListSessionsV2';
const HEADERS = { 'x-api-key': 'formal-mock-key', 'content-type': 'application/json' };

/** Loads a server for some seconds; gives CPU per good answer, requests per second and latencies. */
export async function measureLoad(server, { row, sessions, bodies, seconds, connections }) {
  const load = fork(LOAD);
  const ended = once(load, 'exit').then(() => Promise.reject(new Error('the load generator ended early')));
  ended.catch(() => {});
  const answer = () => Promise.race([once(load, 'message'), ended]).then(([message]) => message);
  const headers = { ...HEADERS, ...row.headers };
  const { isBinary } = row;
  load.send({ url: server.url + PATH, headers, bodies, isBinary, sessions, seconds, connections });
  await answer();
  const before = await server.readCpuMs();
  load.send('go');
  const tally = await answer();
  const cpuMs = (await server.readCpuMs()) - before;
  if (tally.bad > 0) throw new Error(`${row.name}: ${tally.bad} bad answers, the first: ${tally.firstFault}`);
  const { good, p50Ms, p99Ms } = tally;
  return { cpuMs: cpuMs / good, perSecond: good / tally.seconds, p50Ms, p99Ms };
}

/** From the start of the process to the end of its first answer, and the memory it then holds. */
export async function measureStart({ server: args }) {
  const started = performance.now();
  const server = await startServer(args);
  try {
    const response = await post(server.url, '{"limit":10}');
    const firstAnswerMs = performance.now() - started;
    if (response.status !== 200) throw new Error(`${args.join(' ')}: status ${response.status}`);
    return { firstAnswerMs, startRssMb: await server.readRssMb() };
  } finally {
    await server.stop();
  }
}

/** Sends one ListSessionsV2 request and reads the whole answer. */
export async function post(url, body) {
  const response = await fetch(url + PATH, { method: 'POST', headers: HEADERS, body });
  return { status: response.status, text: await response.text() };
}
