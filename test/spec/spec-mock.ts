import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Mock, startMock } from '../../src/mock/create-mock.ts';
import type { Listening } from '../../src/mock/listen.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import { readProjectFile } from '../house/source-tree.ts';

/** The key every mock of these tests accepts. */
export const KEY = 'formal-mock-key';

/** The procedure that the world answers. */
export const LIST_SESSIONS = '/core.v1.SessionsService/ListSessionsV2';

/** Writes a document into a folder of its own, gone when the test has finished. */
export async function writeDocument(text: string, name = 'api.yaml'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'formal-mock-spec-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** A listening mock that follows the given files, stopped when the test has finished. */
export async function startSpecMock(
  spec: readonly string[],
  options: MockOptions = {},
): Promise<Mock & Listening> {
  const mock = await startMock({ port: 0, now: '2026-01-15T12:00:00Z', seed: 42, spec, ...options });
  onTestFinished(() => mock.stop());
  return mock;
}

/** A listening mock that follows a document given as text. */
export async function startWithDocument(text: string, options: MockOptions = {}): Promise<Mock & Listening> {
  return startSpecMock([await writeDocument(text)], options);
}

/** The built-in document with one piece of its text replaced. Throws where the piece is not there once. */
export function editedDocument(...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [before, after]) => {
    if (text.split(before).length !== 2) throw new Error(`not exactly once in openapi.yaml: ${before}`);
    return text.replace(before, () => after);
  }, readProjectFile('openapi.yaml'));
}

/** A document of OpenAPI 3.1 with these paths, and whatever follows them. */
export function documentOf(paths: string): string {
  return `openapi: 3.1.0\ninfo: { title: Test, version: '1' }\npaths:\n${paths}`;
}

/** A JSON call with the accepted key in X-API-KEY. */
export async function call(
  url: string,
  {
    method = 'POST',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> },
): Promise<{ status: number; headers: Headers; text: string; json: unknown }> {
  const answer = await fetch(url, {
    method,
    headers: {
      'x-api-key': KEY,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = text !== '' && /json/.test(answer.headers.get('content-type') ?? '');
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}
