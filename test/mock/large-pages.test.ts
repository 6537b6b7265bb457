import { once } from 'node:events';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { json, send } from '../wire/exchange.ts';
import { KEY, PATH, startTestMock } from './start-test-mock.ts';

const HEADERS = { 'x-api-key': KEY, 'content-type': 'application/json' };
const BODY = '{"limit":30000}';

describe('a page of 30 000 sessions', () => {
  it('lets other callers through before it is complete', async () => {
    const { port, url } = await startTestMock({ scenario: 'scaleup' });
    const outgoing = request({ port, path: PATH, method: 'POST', headers: HEADERS }).end(BODY);
    const [response] = await once(outgoing, 'response');
    const order: string[] = [];
    const page = once(response.resume(), 'end').then(() => order.push('page'));
    const health = fetch(`${url}/health`).then(() => order.push('health'));
    await Promise.all([page, health]);
    expect(order).toEqual(['health', 'page']);
  });

  it('is the same compressed and plain', async () => {
    const { port } = await startTestMock({ scenario: 'scaleup' });
    const plain = await send({ port, path: PATH, headers: HEADERS, body: BODY });
    const headers = { ...HEADERS, 'accept-encoding': 'gzip' };
    const compressed = await send({ port, path: PATH, headers, body: BODY });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(compressed.body).equals(plain.body)).toBe(true);
    expect(json(plain)).toMatchObject({ listMetadata: { count: 30_000 } });
  });
});
