import { createFileRegistry, fromBinary, fromJson, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { messageToBinary } from '../../src/connect/proto-message.ts';
import { loadBuiltInDocument } from '../../src/files/built-in-document.ts';
import type { Listening } from '../../src/mock/listen.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { KEY, PATH, postList, startTestMock } from './start-test-mock.ts';

/** One page in binary, as bytes. */
async function postBinary(mock: Listening, request: Uint8Array): Promise<Buffer> {
  const headers = { 'x-api-key': KEY, 'content-type': 'application/proto' };
  const answer = await fetch(mock.url + PATH, { method: 'POST', headers, body: Buffer.from(request) });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(body.toString());
  return body;
}

async function shapes() {
  const document = await loadBuiltInDocument();
  const found = operationsOf(document).find(({ path }) => path === PATH)?.procedure;
  if (found === undefined) throw new Error(`no procedure at ${PATH}`);
  return found;
}

async function descriptors(mock: Listening) {
  const bytes = await (await fetch(`${mock.url}/descriptor.binpb`)).arrayBuffer();
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, new Uint8Array(bytes)));
  const response = registry.getMessage('core.v1.ListSessionsV2Response');
  if (response === undefined) throw new Error('no response message in /descriptor.binpb');
  return response;
}

const REQUESTS = [
  ['of neighbours', { limit: 500 }],
  ['of the oldest first', { limit: 300, sortBy: '-start_time' }],
  ['of sessions far apart', { limit: 200, query: 'resource.technology:ssh' }],
  ['of the longest first', { limit: 200, sortBy: 'duration' }],
  ['of active sessions', { limit: 200, query: 'session_status:active' }],
  ['of idle sessions', { limit: 200, query: 'session_status:idle' }],
  ['of child sessions', { limit: 200, query: 'parent_session_id:*' }],
  ['of one session', { limit: 1 }],
  ['without sessions', { limit: 5, query: 'session_status:nonsense' }],
  ['that is streamed', { limit: 3_000 }],
] as const;

describe('a binary page', () => {
  it.each(REQUESTS)(
    '%s is the JSON page as generated code encodes it, byte for byte',
    async (name, request) => {
      const mock = await startTestMock({ seed: 7 });
      const { input, output } = await shapes();
      const { text, sessions } = await postList(mock, request);
      const page = JSON.parse(text);
      const binary = await postBinary(mock, messageToBinary(input, request));
      expect(sessions.length > 0).toBe(name !== 'without sessions');
      expect(binary.equals(messageToBinary(output, page))).toBe(true);
      const response = await descriptors(mock);
      expect(binary.equals(toBinary(response, fromJson(response, page)))).toBe(true);
    },
  );
});
