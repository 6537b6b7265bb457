import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, expectTypeOf, onTestFinished, test } from 'vitest';
import type { ContractFacts } from '../../src/contract/facts.ts';
import { LEARNING_CASES } from '../../src/contract/learning-cases.ts';
import { profileFromReport } from '../../src/contract/profile.ts';
import { runContract } from '../../src/contract/run.ts';
import { loadProfile } from '../../src/files/load-profile.ts';
import type { ProfileFacts } from '../../src/files/profile-facts.ts';
import { startMock } from '../../src/mock/create-mock.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import { OTHER_KEY, startConnectEsServer } from './servers/connect-es-server.ts';

const NOW = '2026-01-15T12:00:00Z';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formal-mock-profile-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function profileFile(value: unknown): Promise<string> {
  files += 1;
  const file = join(folder, `profile-${files}.json`);
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

/** What `learn` observes of a mock that imitates these facts. */
async function learnImitation(facts: ProfileFacts, options: MockOptions = {}): Promise<ContractFacts> {
  const profile = await profileFile({ profileVersion: 1, facts });
  const mock = await startMock({ port: 0, now: NOW, count: 400, profile, ...options });
  onTestFinished(() => mock.stop());
  const report = await runContract({
    url: mock.url,
    apiKey: 'formal-mock-key',
    audience: 'any',
    nowMs: Date.parse(NOW),
    only: LEARNING_CASES,
  });
  expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
  return report.facts;
}

/** Every value of every fact that can be imitated. */
const CHOICES = {
  limitAbsent: ['refused', 25, 100],
  defaultOrder: ['newest first', 'oldest first'],
  windowStart: ['inclusive', 'exclusive'],
  windowEnd: ['inclusive', 'exclusive'],
  windowInverted: ['refused', 'empty'],
  timeMalformed: ['refused', 'ignored', 'empty'],
  count: ['page', 'total', 'absent'],
  pageEdges: ['first and last id', 'absent'],
  defaultOperator: ['AND', 'OR'],
  queryUnknownField: ['refused', 'empty'],
  queryBroken: ['invalid_argument', 'unknown', 'internal'],
  cursorForeignQuery: ['refused', 'accepted'],
  cursorOnLastPage: ['absent', 'present'],
  connectGet: ['supported', 'refused'],
  binary: ['supported', 'refused'],
  gzipRequest: ['supported', 'refused'],
  gzipResponse: ['applied', 'not applied'],
  bearer: ['accepted', 'refused'],
  unknownEncoding: ['accepted', '501 unimplemented', '415 without a code', '400 invalid_argument'],
  protocolVersion2: ['accepted', '400 invalid_argument', '501 unimplemented'],
  timeoutMalformed: ['accepted', '400 invalid_argument', '504 deadline_exceeded'],
  duplicateKey: ['accepted', 'refused'],
  byteOrderMark: ['accepted', 'refused'],
  invalidUtf8: ['accepted', 'refused'],
} as const satisfies { readonly [Name in keyof ProfileFacts]?: readonly ProfileFacts[Name][] };

const SORTS = [
  { sortAscending: '-start_time', sortDescending: 'start_time', sortUnknown: 'refused' },
  { sortAscending: '-start_time', sortDescending: 'start_time', sortUnknown: 'ignored' },
  // Where a sort nobody understands is ignored, the first of these would look like one for the default order.
  { sortAscending: 'start_time:asc', sortDescending: 'start_time desc', sortUnknown: 'refused' },
  { sortAscending: 'start_time', sortDescending: '-start_time', sortUnknown: 'refused' },
] as const;

const NAMES = [
  {},
  {
    idField: 'session_id',
    statusField: 'status',
    technologyField: 'technology',
    unknownFields: ['id', 'session_status', 'resource.technology'],
  },
] as const;

const someFacts = fc.record({
  ...Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, fc.constantFrom(...values)])),
  sort: fc.constantFrom(...SORTS),
  names: fc.constantFrom(...NAMES),
});

describe('a mock with a profile', () => {
  test.each(fc.sample(someFacts, { seed: 7, numRuns: 24 }).map((facts, number) => ({ number, facts })))(
    'shows $number: the facts it was given, whatever they are together',
    async ({ facts: { sort, names, ...rest } }) => {
      // Each member was drawn from the values of its own fact.
      const facts = { ...rest, ...sort, ...names } as ProfileFacts;
      expect(await learnImitation(facts)).toMatchObject(facts);
    },
  );

  test('imitates a server on another stack', async () => {
    const server = await startConnectEsServer(60);
    onTestFinished(() => server.stop());
    const report = await runContract({
      url: server.url,
      apiKey: OTHER_KEY,
      audience: 'any',
      only: LEARNING_CASES,
      deep: true,
    });
    const {
      presence: _,
      discovered: __,
      ...facts
    } = await loadProfile(await profileFile(profileFromReport(report)));
    expect(Object.keys(facts).length).toBeGreaterThan(25);
    expect(await learnImitation(facts)).toMatchObject(facts);
  });

  test('keeps to the profile in strict mode too', async () => {
    expect(await learnImitation({ limitAbsent: 25, count: 'total' }, { strict: true })).toMatchObject({
      limitAbsent: 25,
      count: 'total',
    });
  });

  test('is judged right by the profile it was given, and wrong by another', async () => {
    const facts: ProfileFacts = { windowEnd: 'inclusive', connectGet: 'refused', count: 'total' };
    const mock = await startMock({
      port: 0,
      now: NOW,
      profile: await profileFile({ profileVersion: 1, facts }),
    });
    onTestFinished(() => mock.stop());
    const judge = async (profile: ContractFacts): Promise<readonly (readonly [string, unknown])[]> => {
      const options = { url: mock.url, apiKey: 'formal-mock-key', nowMs: Date.parse(NOW) };
      const { outcomes } = await runContract({ ...options, only: ['drift/learnt-facts', 'time/*'], profile });
      return outcomes
        .filter(({ status }) => status === 'fail')
        .map(({ id, findings }) => [id, findings.map(({ expected }) => expected)]);
    };
    expect(await judge(facts)).toEqual([]);
    expect(await judge({ ...facts, windowEnd: 'exclusive' })).toContainEqual([
      'drift/learnt-facts',
      ['windowEnd: exclusive, as learnt'],
    ]);
  });
});

describe('a profile file', () => {
  test('has the facts that the suite learns, and no others', () => {
    expectTypeOf<ProfileFacts>().toEqualTypeOf<ContractFacts>();
  });

  test.each([
    [
      '{"profileVersion":1,"facts":{"count":"many"}}',
      '/facts/count must be equal to one of the allowed values: page',
    ],
    ['{"profileVersion":1,"facts":{"cuont":"page"}}', '/facts must NOT have additional properties (cuont)'],
    ['{"profileVersion":2,"facts":{}}', '/profileVersion must be equal to constant'],
    ['{"facts":{}}', "/ must have required property 'profileVersion'"],
    ['[]', '/ must be object'],
    ['{', 'JSON'],
    ['', 'JSON'],
  ])('is refused when it is %s', async (text, reason) => {
    const file = await profileFile(text);
    await expect(startMock({ port: 0, profile: file })).rejects.toMatchObject({
      code: 'ERR_PROFILE_INVALID',
      message: expect.stringContaining(reason),
    });
  });

  test('is refused when there is none', async () => {
    await expect(loadProfile('nowhere.json')).rejects.toThrow('profile nowhere.json: no such file');
  });
});
