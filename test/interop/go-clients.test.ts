import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileDescriptorSet } from '../../src/connect/proto-descriptor.ts';
import { API_KEY, LIST_SESSIONS } from '../wire/stand-in.ts';
import { useStandIn, WORLD } from './one-port-stand-in.ts';

const origin = useStandIn();
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
  const { stdout } = await run(program, ['-base-url', origin.http, ...options]).catch(
    // The program tells an error on stdout and by its status.
    (error: { stdout: string }) => error,
  );
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const KEY = ['-api-key', API_KEY];
const IDS = WORLD.map(({ id }) => ({ id }));
const REFUSED = { code: 'unauthenticated', message: 'invalid api key' };
const BROKEN_RULE = {
  code: 'invalid_argument',
  message: 'validation error: limit: must be greater than 0 and less than or equal to 100000',
};

describe.skipIf(!hasGo())('connect-go', () => {
  let client: string | undefined;
  const descriptor = `${cache}descriptor.binpb`;

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    writeFileSync(descriptor, fileDescriptorSet([LIST_SESSIONS]));
    client = await build('go-connect');
  }, TEN_MINUTES_MS);

  it.for(['connect', 'connect-json', 'connect-get', 'connect-gzip', 'grpc', 'grpc-web'])(
    'walks the world in %s and reads errors',
    async (protocol, { skip }) => {
      if (client === undefined) return skip('the Go modules cannot be fetched here');
      const options = ['-descriptor', descriptor, '-protocol', protocol];
      expect(await lines(client, [...options, ...KEY])).toEqual(IDS);
      expect(await lines(client, [...options, '-api-key', 'wrong'])).toEqual([REFUSED]);
      expect(await lines(client, [...options, ...KEY, '-limit', '0'])).toEqual([BROKEN_RULE]);
    },
  );
});

describe.skipIf(!hasGo())('the official Go SDK', () => {
  it(
    'walks the world and reads errors',
    async ({ skip }) => {
      const client = await build('go-sdk');
      if (client === undefined) return skip('github.com/formalco/go-sdk/v3 cannot be fetched here');
      expect(await lines(client, KEY)).toEqual(IDS);
      expect(await lines(client, ['-api-key', 'wrong'])).toEqual([REFUSED]);
      expect(await lines(client, [...KEY, '-limit', '0'])).toEqual([BROKEN_RULE]);
    },
    TEN_MINUTES_MS,
  );
});
