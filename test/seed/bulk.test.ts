import { afterEach, describe, expect, it } from 'vitest';
import { MAX_BULK_BYTES } from '../../src/seed/bulk-batches.ts';
import { type RowSelection, selectRows } from '../../src/seed/row-selection.ts';
import { type BulkLoad, seedBulk } from '../../src/seed/seed-bulk.ts';
import { type BulkBehaviour, type BulkServer, startBulkServer } from './support/bulk-server.ts';
import { runSeed, startSeed } from './support/run-seed.ts';
import { NOW, selectionOf, startupRows, trickySessions } from './support/worlds.ts';

let server: BulkServer | undefined;
afterEach(() => server?.stop());

const start = async (behaviour?: BulkBehaviour): Promise<BulkServer> => {
  server = await startBulkServer(behaviour);
  return server;
};

function loadOf(selection: RowSelection, waits: number[] = []): BulkLoad {
  return {
    selection,
    shard: { index: 1, count: 1 },
    exact: false,
    allowDuplicates: false,
    wait: async (ms) => void waits.push(ms),
  };
}

const sessionsOf = ({ world, low, high, now }: RowSelection): object[] =>
  Array.from({ length: high - low }, (_, row) => world.at(low + row, now));

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

describe('an Elasticsearch-compatible index', () => {
  it.each(['elasticsearch', 'opensearch'] as const)(
    '%s holds the sessions, under their ids',
    async (distribution) => {
      const { url, documents, requests, made, other } = await start({ distribution });
      const selection = await startupRows(2000);
      expect(await seedBulk(url, loadOf(selection))).toEqual({ rows: 2000, retries: 0 });
      expect(documents()).toEqual(sessionsOf(selection));
      expect(
        requests
          .flatMap(({ items }) => items)
          .every(({ action, document }) => action['index']?._id === document.id),
      ).toBe(true);
      expect(made).toMatchObject([{ mappings: { properties: { startTime: { type: 'date' } } } }]);
      expect(other).toEqual(['GET /', 'HEAD /sessions', 'PUT /sessions', 'POST /sessions/_refresh']);
    },
  );

  it('keeps awkward texts', async () => {
    const { url, documents } = await start();
    await seedBulk(url, loadOf(selectionOf(trickySessions())));
    expect(documents()).toEqual(trickySessions());
  });

  it('gets bodies of at most 8 MB', async () => {
    const { url, requests } = await start();
    await seedBulk(url, loadOf(await startupRows(12_000)));
    expect(requests.length).toBeGreaterThan(1);
    expect(Math.max(...requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(MAX_BULK_BYTES);
  });

  it('is refreshed by a second load, not doubled', async () => {
    const { url, documents } = await start();
    const { world } = await startupRows(1000);
    await seedBulk(url, loadOf(selectRows(world, { now: world.startAt(900) })));
    await seedBulk(url, loadOf(selectRows(world, { now: NOW })));
    expect([...documents()].sort(byId)).toEqual(
      sessionsOf(selectRows(world, { now: NOW })).sort((a, b) =>
        byId(a as { id: string }, b as { id: string }),
      ),
    );
  });

  it('that is too busy for some documents gets those again, and only those', async () => {
    const isSlow = (id: string): boolean => id.endsWith('0') || id.endsWith('z');
    const { url, documents, requests } = await start({
      itemStatus: (id, before) => (isSlow(id) && before < 2 ? 429 : undefined),
    });
    const selection = await startupRows(1000);
    const waits: number[] = [];
    const { rows, retries } = await seedBulk(url, loadOf(selection, waits));
    const slow = requests[0]?.items.filter(({ document }) => isSlow(document.id)).length ?? 0;
    expect([rows, retries]).toEqual([1000, 2]);
    expect(requests.map(({ items }) => items.length)).toEqual([1000, slow, slow]);
    expect(slow).toBeGreaterThan(0);
    expect([...documents()].sort(byId)).toEqual(sessionsOf(selection));
    expect(waits).toEqual([200, 400]);
  });

  it('that is too busy for a whole body is asked again after the time it names', async () => {
    const { url, documents } = await start({ requestStatus: (number) => (number < 3 ? 429 : undefined) });
    const waits: number[] = [];
    await seedBulk(url, loadOf(await startupRows(50), waits));
    expect(documents()).toHaveLength(50);
    expect(waits).toEqual([3000, 3000, 3000]);
  });

  it('that asks for a pause of more than a minute is given up', async () => {
    const { url, requests } = await start({ requestStatus: () => 429, retryAfter: '86400' });
    const waits: number[] = [];
    await expect(seedBulk(url, loadOf(await startupRows(50), waits))).rejects.toMatchObject({
      code: 'ERR_UNREACHABLE',
      message: expect.stringContaining('asks to be left alone for 86400 s, longer than 60 s'),
    });
    expect([requests.length, waits]).toEqual([1, []]);
  });

  it('that stays too busy is given up after eight tries', async () => {
    const { url, requests } = await start({ itemStatus: () => 429 });
    const waits: number[] = [];
    await expect(seedBulk(url, loadOf(await startupRows(50), waits))).rejects.toMatchObject({
      code: 'ERR_UNREACHABLE',
      message: expect.stringMatching(/it answered 429 8 times in a row for 50 sessions$/),
    });
    expect(requests).toHaveLength(8);
    expect(waits).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('that takes only small bodies gets halves', async () => {
    const { url, documents } = await start({
      requestStatus: (_, { items }) => (items.length > 100 ? 413 : undefined),
    });
    const selection = await startupRows(1000);
    expect(await seedBulk(url, loadOf(selection))).toMatchObject({ rows: 1000 });
    expect(documents()).toEqual(sessionsOf(selection));
  });

  it('that rejects documents is loaded with all others, and the first rejection is reported', async () => {
    const selection = await startupRows(1000);
    const bad = [selection.world.idAt(10), selection.world.idAt(700)];
    const { url, documents } = await start({ itemStatus: (id) => (bad.includes(id) ? 400 : undefined) });
    await expect(seedBulk(url, loadOf(selection))).rejects.toMatchObject({
      code: 'ERR_TARGET_REFUSED',
      message: expect.stringContaining(
        `2 sessions were rejected (998 were taken); the first, ${bad[0]}: status 400`,
      ),
    });
    expect(documents()).toHaveLength(998);
  });

  it('that fails for another reason is not asked again', async () => {
    const { url, requests } = await start({ requestStatus: () => 500 });
    await expect(seedBulk(url, loadOf(await startupRows(50)))).rejects.toMatchObject({
      code: 'ERR_TARGET_REFUSED',
      message: expect.stringContaining('refused the load: HTTP 500 no'),
    });
    expect(requests).toHaveLength(1);
  });
});

describe('Quickwit', () => {
  it('is found behind its prefix, gets an index with a time field, and documents without ids', async () => {
    const { url, documents, requests, made } = await start({ distribution: 'quickwit' });
    const selection = await startupRows(500);
    expect(await seedBulk(url, loadOf(selection))).toEqual({ rows: 500, retries: 0 });
    expect(documents()).toEqual(sessionsOf(selection));
    expect(requests[0]?.items[0]?.action).toEqual({ create: {} });
    expect(made).toMatchObject([{ index_id: 'sessions', doc_mapping: { timestamp_field: 'startTime' } }]);
  });

  it('refuses a second load unless duplicates are allowed', async () => {
    const { url, documents } = await start({ distribution: 'quickwit' });
    const selection = await startupRows(500);
    await seedBulk(url, loadOf(selection));
    await expect(seedBulk(url, loadOf(selection))).rejects.toMatchObject({
      code: 'ERR_TARGET_REFUSED',
      message: expect.stringContaining('--allow-duplicates'),
    });
    expect(documents()).toHaveLength(500);
    await seedBulk(url, { ...loadOf(selection), allowDuplicates: true });
    expect(documents()).toHaveLength(1000);
  });

  it('is not asked again after 503, since it may have kept part of the body', async () => {
    const { url, requests } = await start({ distribution: 'quickwit', requestStatus: () => 503 });
    await expect(seedBulk(url, loadOf(await startupRows(50)))).rejects.toMatchObject({
      code: 'ERR_TARGET_REFUSED',
    });
    expect(requests).toHaveLength(1);
  });
});

describe('the command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 when %s comes while it waits for a busy server',
    async (signal) => {
      let tellAsked = (): void => undefined;
      const asked = new Promise<void>((resolve) => {
        tellAsked = resolve;
      });
      const { url } = await start({
        requestStatus: () => {
          tellAsked();
          return 429;
        },
        retryAfter: '50',
      });
      const { child, ended } = startSeed(['--count', '300', '--to', url]);
      await asked;
      // The answer has to arrive first: a request under way is ended by the signal too.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const killedAt = performance.now();
      child.kill(signal);
      const { code, stderr } = await ended;
      expect([code, stderr]).toEqual([130, `formal-mock: interrupted: ${signal}; whole parts were kept\n`]);
      expect(performance.now() - killedAt).toBeLessThan(5000);
    },
  );

  it('refuses a URL whose password is badly escaped, in one line', async () => {
    const { code, stderr } = await runSeed('--count', '1', '--to', 'http://demo:%zz@127.0.0.1:9/sessions');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^formal-mock: --to must be http:\/\/HOST:PORT\/INDEX .*\n$/);
  });

  it('loads an index and sends the password of the URL, without ever printing it', async () => {
    const { url, documents, requests } = await start();
    const secret = url.replace('http://', 'http://demo:secret@');
    const { code, stdout, stderr } = await runSeed('--count', '300', '--to', secret, '--progress', 'json');
    expect([code, stdout.length, documents().length]).toEqual([0, 0, 300]);
    expect(requests[0]?.authorization).toBe(`Basic ${Buffer.from('demo:secret').toString('base64')}`);
    expect(stderr).toContain('"event":"done","rows":300');
    expect(stderr).not.toContain('secret');
  });

  it('says in one line what refused, with exit code 2, and what is not there, with 3', async () => {
    const { url, stop } = await start({ itemStatus: () => 400 });
    const refused = await runSeed('--count', '30', '--to', url);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /^formal-mock: http:\/\/127\.0\.0\.1:\d+\/sessions refused the load: 30 sessions were rejected .*\n$/,
    );
    await stop();
    const gone = await runSeed('--count', '30', '--to', url);
    expect(gone.code).toBe(3);
    expect(gone.stderr).toMatch(
      /^formal-mock: cannot reach http:\/\/127\.0\.0\.1:\d+\/sessions: connect ECONNREFUSED .*\n$/,
    );
  });
});
