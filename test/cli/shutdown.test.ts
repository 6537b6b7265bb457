import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KEY, PATH } from '../mock/start-test-mock.ts';
import { CLI, folderWith, serveCli } from './run-cli.ts';

function requestOf(body: string, headers = ''): string {
  return `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX-API-KEY: ${KEY}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** A connection that has asked for a page too large for any buffer and has read its beginning only. */
async function askAndPause(port: number): Promise<{ socket: Socket; parts: Buffer[] }> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.write(requestOf('{"limit":100000}', 'Connection: close\r\n'));
  const [first] = await once(socket, 'data');
  socket.pause();
  parts.push(first);
  socket.on('data', (part) => parts.push(part));
  return { socket, parts };
}

/** Comes back when nobody listens on the port any more. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const event = await Promise.race([
      once(socket, 'connect').then(() => 'connected'),
      once(socket, 'close').then(() => 'refused'),
    ]).catch(() => 'refused');
    socket.destroy();
    if (event === 'refused') return;
  }
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('ends the process with exit code 0 although a connection is kept alive', async () => {
    const cli = await serveCli(['--json']);
    const socket = connect(cli.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(requestOf('{"limit":1}'));
    await once(socket, 'data');
    const exited = once(cli.process, 'exit');
    cli.process.kill(signal);
    expect(await exited).toEqual([0, null]);
  });

  it('finishes an answer under way, and takes no new connection meanwhile', async () => {
    const cli = await serveCli(['--json', '--scenario', 'scaleup', '--days', '5']);
    const { socket, parts } = await askAndPause(cli.port);
    const exited = once(cli.process, 'exit');
    cli.process.kill(signal);
    await untilRefused(cli.port);
    const ended = once(socket, 'close');
    socket.resume();
    await ended;
    const text = Buffer.concat(parts).toString();
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text.trimEnd()).toMatch(/"count":\d{5}\}\}(\r\n0)?$/);
    expect(await exited).toEqual([0, null]);
  });
});

it('a second signal ends the process at once', async () => {
  const cli = await serveCli(['--json', '--scenario', 'scaleup', '--days', '5']);
  const { socket } = await askAndPause(cli.port);
  socket.on('error', () => undefined);
  const exited = once(cli.process, 'exit');
  cli.process.kill('SIGTERM');
  await untilRefused(cli.port);
  cli.process.kill('SIGTERM');
  expect(await exited).toEqual([null, 'SIGTERM']);
  socket.destroy();
});

it.each(['stdout', 'stderr'] as const)(
  'a reader who closes %s early does not end the mock',
  async (stream) => {
    const cli = await serveCli(['--json']);
    cli.process[stream]?.destroy();
    for (let round = 0; round < 20; round += 1) {
      expect((await fetch(`${cli.url}/health`)).status).toBe(200);
    }
    expect(await cli.stop()).toBe(0);
  },
);

it('a reader who never listens does not stop the mock from starting', async () => {
  const folder = folderWith({});
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo; // a listening TCP server has one
  await new Promise((resolve) => socket.close(resolve));
  const child = spawn(process.execPath, [CLI, '--port', String(port)], { cwd: folder });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdout.destroy();
  const exited = once(child, 'exit');
  // Nothing says where it listens, so somebody has to ask until it answers.
  const answered = async (): Promise<number> => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
      if (answer !== undefined) return answer.status;
      await setImmediate();
    }
  };
  expect(await Promise.race([answered(), exited])).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
