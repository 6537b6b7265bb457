import { describe, expect, it } from 'vitest';
import { idsOf, postList, startTestMock, walkPages } from './start-test-mock.ts';

const LISTING = { limit: 5, query: 'status:completed', sortBy: '-duration' };
const REFUSED = { status: 400, code: 'invalid_argument', message: expect.stringMatching(/^cursor: /) };

describe('a cursor', () => {
  it('leads once through the whole world and ends', async () => {
    const mock = await startTestMock({ days: 2 });
    const pages = await walkPages(mock, { limit: 97 });
    const whole = await postList(mock, { limit: 100_000 });
    expect(pages.flatMap(idsOf)).toEqual(idsOf(whole));
    expect(pages.map(({ sessions }) => sessions.length).slice(0, -1)).toEqual(pages.slice(1).map(() => 97));
  });

  it('holds only characters that are safe in a URL, and no more than 100', async () => {
    const mock = await startTestMock();
    const { listMetadata } = await postList(mock, LISTING);
    expect(listMetadata.nextCursor).toMatch(/^[\w-]{20,100}$/);
  });

  it.each([
    'garbage',
    'AQ',
    'session_01kf0r9qr7ejs9045s3mpjg35y',
    ' ',
    '\u0000',
    '٣',
    '😀',
    '__proto__',
    '../../etc/passwd',
    'A'.repeat(60),
    'A'.repeat(2000),
  ])('that is garbage is refused: %j', async (cursor) => {
    const mock = await startTestMock();
    const answer = await postList(mock, { limit: 5, cursor });
    expect(answer).toMatchObject(REFUSED);
    expect(answer.text.length).toBeLessThan(300);
  });

  it('is refused when any character is changed, cut or added', async () => {
    const mock = await startTestMock();
    const { nextCursor = '' } = (await postList(mock, LISTING)).listMetadata;
    const changed = [...nextCursor].map(
      (character, at) => nextCursor.slice(0, at) + (character === 'A' ? 'B' : 'A') + nextCursor.slice(at + 1),
    );
    const cut = [nextCursor.slice(1), nextCursor.slice(0, -1), nextCursor.slice(0, 10)];
    const grown = [`${nextCursor}A`, `${nextCursor}=`, ` ${nextCursor}`, nextCursor + nextCursor];
    for (const cursor of [...changed, ...cut, ...grown]) {
      expect(await postList(mock, { ...LISTING, cursor })).toMatchObject(REFUSED);
    }
    expect(await postList(mock, { ...LISTING, cursor: nextCursor })).toMatchObject({ status: 200 });
  });

  it.each([
    ['query', { query: 'status:active' }],
    ['sortBy', { sortBy: 'duration' }],
    ['startTimestamp', { startTimestamp: '2026-01-01T00:00:00Z' }],
    ['endTimestamp', { endTimestamp: '2026-01-15T00:00:00Z' }],
    ['no query', { query: undefined }],
  ])('of another %s is refused', async (_, change) => {
    const mock = await startTestMock();
    const { nextCursor } = (await postList(mock, LISTING)).listMetadata;
    const answer = await postList(mock, { ...LISTING, ...change, cursor: nextCursor });
    expect(answer).toMatchObject(REFUSED);
    expect(answer.message).toContain('belongs to another query, sortBy, startTimestamp or endTimestamp');
  });

  it.each([
    ['seed', { seed: 43 }],
    ['scenario', { scenario: 'scaleup' }],
  ])('of a mock with another %s is refused', async (_, options) => {
    const [here, there] = [await startTestMock(), await startTestMock(options)];
    const { nextCursor } = (await postList(there, LISTING)).listMetadata;
    expect(await postList(here, { ...LISTING, cursor: nextCursor })).toMatchObject(REFUSED);
  });

  it('goes on after a restart, and on a replica', async () => {
    const first = await startTestMock();
    const page = await postList(first, LISTING);
    const expected = await postList(first, { ...LISTING, cursor: page.listMetadata.nextCursor });
    await first.stop();
    const second = await startTestMock();
    const next = await postList(second, { ...LISTING, cursor: page.listMetadata.nextCursor });
    expect(next.text).toBe(expected.text);
  });

  it('of a session that a shorter world does not show is refused', async () => {
    const [long, short] = [await startTestMock(), await startTestMock({ count: 3 })];
    const { nextCursor } = (await postList(long, { limit: 5 })).listMetadata;
    expect(await postList(short, { limit: 5, cursor: nextCursor })).toMatchObject(REFUSED);
  });

  it('is unset when empty', async () => {
    const mock = await startTestMock();
    const [plain, empty] = [await postList(mock, LISTING), await postList(mock, { ...LISTING, cursor: '' })];
    expect(empty.text).toBe(plain.text);
  });
});
