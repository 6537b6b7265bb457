import { describe, expect, it } from 'vitest';
import { postList, startTestMock } from './start-test-mock.ts';

const TRAP = 'status:active AND technology:ssh user:bob';

describe('X-Mock-Notes', () => {
  it('tells about a name nobody knows and about the trap of mixed operators', async () => {
    const mock = await startTestMock({ notes: true });
    const unknown = await postList(mock, { limit: 1, query: 'tecnology:ssh' });
    const trap = await postList(mock, { limit: 1, query: TRAP });
    expect(unknown.headers.get('x-mock-notes')).toMatch(/^[a-z_]+=.*technology/);
    expect(trap.headers.get('x-mock-notes')).toMatch(/^[a-z_]+=/);
    expect([unknown.status, trap.status]).toEqual([200, 200]);
  });

  it('is absent where there is nothing to tell, and without --notes', async () => {
    const [on, off] = [await startTestMock({ notes: true }), await startTestMock()];
    const plain = await postList(on, { limit: 1, query: 'technology:ssh' });
    expect(plain.headers.has('x-mock-notes')).toBe(false);
    expect((await postList(off, { limit: 1, query: TRAP })).headers.has('x-mock-notes')).toBe(false);
  });

  it.each(['ключ:x', 'a😀b:x', 'tab\tname:x', 'per%cent:x', 'עברית:x'])(
    'is printable ASCII whatever the query: %j',
    async (query) => {
      const mock = await startTestMock({ notes: true });
      const { status, headers } = await postList(mock, { limit: 1, query });
      expect(status).toBe(200);
      expect(headers.get('x-mock-notes')).toMatch(/^[ -~]+$/);
    },
  );

  it('is cut where a query has very many doubtful names', async () => {
    const mock = await startTestMock({ notes: true });
    const query = Array.from({ length: 1000 }, (_, index) => `nosuch${index}:x`).join(' OR ');
    const { status, headers } = await postList(mock, { limit: 1, query });
    expect(status).toBe(200);
    expect(headers.get('x-mock-notes')?.length).toBeLessThanOrEqual(4000);
  });
});
