import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SessionObject } from '../../src/world/session-object.ts';
import { KEY } from '../mock/start-test-mock.ts';
import { CERTIFICATE_FILE, FAILURES, type Failure, QUERY, useMock, walkInJson } from './use-mock.ts';

const used = useMock();
const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/formal-mock/', import.meta.url));
const TEN_MINUTES_MS = 600_000;

function hasGo(): boolean {
  try {
    execFileSync('go', ['version']);
    return true;
  } catch {
    return false;
  }
}

/** Builds a copy, so that fetching modules does not touch the tree; undefined where they cannot be fetched. */
async function build(name: string): Promise<string | undefined> {
  const folder = `${cache}${name}`;
  cpSync(`${here}${name}`, folder, { recursive: true });
  const options = { cwd: folder, env: { ...process.env, GOFLAGS: '-mod=mod' } };
  try {
    await run('go', ['mod', 'tidy'], options);
  } catch {
    return undefined;
  }
  await run('go', ['build', '-o', 'client', '.'], options);
  return `${folder}/client`;
}

async function lines(program: string, options: readonly string[]): Promise<unknown[]> {
  const { stdout } = await run(program, options, { maxBuffer: 256 * 1024 * 1024 }).catch(
    // The program tells an error on stdout and by its status.
    (error: { stdout: string }) => error,
  );
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const FLAGS: Readonly<Record<string, string>> = { limit: '-limit', query: '-query', cursor: '-cursor' };

function failingOptions({ request, key = KEY }: Failure): string[] {
  const fields = Object.entries(request).flatMap(([name, value]) => [FLAGS[name] ?? '', String(value)]);
  return [...fields, '-api-key', key];
}

/** Both programs take these options. */
async function expectWalks(program: string, base: readonly string[]): Promise<void> {
  const { startTimestamp, sessions } = used.walk;
  const options = [...base, '-api-key', KEY, '-start', startTimestamp];
  expect(await lines(program, [...options, '-limit', '700'])).toEqual(sessions);
  const found: readonly SessionObject[] = await walkInJson(used, { query: QUERY, startTimestamp });
  expect(await lines(program, [...options, '-limit', '50', '-query', QUERY])).toEqual(found);
}

async function expectFailures(program: string, base: readonly string[]): Promise<void> {
  for (const failure of FAILURES) {
    const { code, message } = failure;
    expect(await lines(program, [...base, ...failingOptions(failure)])).toEqual([{ code, message }]);
  }
}

describe.skipIf(!hasGo())('connect-go', () => {
  let client: string | undefined;
  const descriptor = `${cache}descriptor.binpb`;

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    const answer = await fetch(`${used.http}/descriptor.binpb`);
    writeFileSync(descriptor, Buffer.from(await answer.arrayBuffer()));
    client = await build('go-connect');
  }, TEN_MINUTES_MS);

  const optionsOf = (protocol: string, isTls: boolean): string[] => [
    ...['-descriptor', descriptor, '-protocol', protocol],
    ...(isTls ? ['-base-url', used.https, '-ca', CERTIFICATE_FILE] : ['-base-url', used.http]),
  ];

  it.for([
    ...['connect', 'connect-json', 'connect-get', 'connect-gzip', 'grpc', 'grpc-web'].map(
      (protocol) => [protocol, 'clear text'] as const,
    ),
    ...['connect', 'grpc'].map((protocol) => [protocol, 'TLS and HTTP/2'] as const),
  ])(
    'walks 2 000 sessions, filters and fails as JSON does: %s over %s',
    async ([protocol, way], { skip }) => {
      if (client === undefined) return skip('the Go modules cannot be fetched here');
      const options = optionsOf(protocol, way !== 'clear text');
      await expectWalks(client, options);
      await expectFailures(client, options);
    },
  );

  it('walks all of 10 500 sessions in binary, as the SDK does', async ({ skip }) => {
    if (client === undefined) return skip('the Go modules cannot be fetched here');
    const options = [...optionsOf('connect', false), '-api-key', KEY, '-limit', '1000'];
    expect(await lines(client, options)).toEqual(await walkInJson(used, {}));
  });
});

describe.skipIf(!hasGo())('the official Go SDK', () => {
  it(
    'walks 10 500 sessions, filters and fails as JSON does',
    async ({ skip }) => {
      const client = await build('go-sdk');
      if (client === undefined) return skip('github.com/formalco/go-sdk/v3 cannot be fetched here');
      const options = ['-base-url', used.http];
      await expectWalks(client, options);
      await expectFailures(client, options);
      const all = await lines(client, [...options, '-api-key', KEY, '-limit', '1000']);
      expect(all).toEqual(await walkInJson(used, {}));
    },
    TEN_MINUTES_MS,
  );
});
