import { readFileSync } from 'node:fs';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/create-mock.ts';
import { NOW, PATH, startTestMock, testApp } from './start-test-mock.ts';

describe('control routes need no key', () => {
  it('/health says ok', async () => {
    const answer = await (await testApp()).get('/health');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
  });

  it('/ready says ready, and 503 once the mock is told to stop', async () => {
    const mock = await createMock({ now: NOW });
    expect(await supertest(mock.app).get('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    await mock.stop();
    expect(await supertest(mock.app).get('/ready')).toMatchObject({
      status: 503,
      body: { status: 'stopping' },
    });
  });

  it('/openapi.yaml is the document the mock follows', async () => {
    const { url } = await startTestMock();
    const answer = await fetch(`${url}/openapi.yaml`);
    const file = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');
    expect(answer.headers.get('content-type')).toContain('yaml');
    expect(await answer.text()).toBe(file);
  });

  it('/ says what this is and what it serves', async () => {
    const answer = await (await testApp()).get('/');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(PATH);
    expect(answer.text).toContain('Not affiliated with Formal');
  });

  it.each(['/health', '/ready', '/openapi.yaml'])('%s takes HEAD and no POST', async (path) => {
    const app = await testApp();
    const head = await app.head(path);
    expect([head.status, head.text ?? '']).toEqual([200, '']);
    expect((await app.post(path)).status).toBe(404);
  });
});
