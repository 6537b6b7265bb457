import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEY } from '../mock/start-test-mock.ts';
import { CERTIFICATE_FILE, FAILURES, QUERY, useMock, walkInJson } from './use-mock.ts';

const used = useMock();
const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/formal-mock/', import.meta.url));
const program = fileURLToPath(new URL('./python-client.py', import.meta.url));
const descriptor = `${cache}python-descriptor.binpb`;
const venv = `${cache}python`;
const python = `${venv}/${process.platform === 'win32' ? 'Scripts/python' : 'bin/python'}`;
const PACKAGES = ['grpcio==1.85.1', 'protobuf==7.36.2'];
const TEN_MINUTES_MS = 600_000;

/** Why Python cannot be used here; undefined where it can. */
let missing: string | undefined;

async function hasPackages(): Promise<boolean> {
  const imports = 'import grpc; from google.protobuf import message_factory';
  return run(python, ['-c', imports]).then(
    () => true,
    () => false,
  );
}

async function install(): Promise<string | undefined> {
  if (await hasPackages()) return undefined;
  try {
    await run('python3', ['-m', 'venv', venv]);
  } catch {
    return 'there is no python3 with venv here';
  }
  const options = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--retries',
    '1',
    '--only-binary',
    ':all:',
    ...PACKAGES,
  ];
  return run(python, options).then(
    () => undefined,
    () => `${PACKAGES.join(' and ')} cannot be installed here`,
  );
}

interface Asked {
  readonly isTls: boolean;
  readonly key?: string | undefined;
  readonly request: object;
}

async function lines({ isTls, key = KEY, request }: Asked): Promise<unknown[]> {
  const tls = isTls ? { ca: CERTIFICATE_FILE } : {};
  const options = JSON.stringify({ target: used.host, descriptor, key, request, ...tls });
  const { stdout } = await run(python, [program, options], { maxBuffer: 256 * 1024 * 1024 });
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('Python\u2019s grpcio', () => {
  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    const answer = await fetch(`${used.http}/descriptor.binpb`);
    writeFileSync(descriptor, Buffer.from(await answer.arrayBuffer()));
    missing = await install();
  }, TEN_MINUTES_MS);

  it.for([false, true])(
    'walks 2 000 sessions and a filtered part of them, TLS: %s',
    async (isTls, { skip }) => {
      if (missing !== undefined) return skip(missing);
      const { startTimestamp, sessions } = used.walk;
      expect(await lines({ isTls, request: { limit: 700, startTimestamp } })).toEqual(sessions);
      const filtered = { query: QUERY, startTimestamp };
      const found = await walkInJson(used, filtered);
      expect(await lines({ isTls, request: { limit: 50, ...filtered } })).toEqual(found);
    },
  );

  it.for(FAILURES)('reads $name', async ({ key, request, code, message }, { skip }) => {
    if (missing !== undefined) return skip(missing);
    expect(await lines({ isTls: false, key, request })).toEqual([{ code, message }]);
  });
});
