import { expect, test } from 'vitest';
import { createCourier, retryAfterMs } from './courier.ts';
import type { Answer, RequestSpec } from './exchange.ts';
import type { Target } from './network.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);
const REQUEST: RequestSpec = { method: 'POST', path: '/x', headers: [] };
const PLACE = { probe: 'page/first', index: 0, isRepeat: false };

function answer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = new Uint8Array();
  return { status, headers, rawHeaders: [], wireBody: body, body, json: { ok: false, reason: '' } };
}

/** A target whose clock moves only while somebody waits. */
function scripted(answers: readonly Answer[]): { readonly target: Target; readonly waits: number[] } {
  const waits: number[] = [];
  let clock = 0;
  let sent = 0;
  const target: Target = {
    send: async () => {
      const next = answers[Math.min(sent++, answers.length - 1)];
      return { elapsedMs: 0, ...(next === undefined ? {} : { answer: next }) };
    },
    pause: async (ms) => {
      waits.push(ms);
      clock += ms;
    },
    elapsed: () => clock,
    wallClock: () => NOW + clock,
    close: () => {},
  };
  return { target, waits };
}

const OPTIONS = { maxRequests: 90, maxRunMs: 300_000, retriesOfUnavailable: 2 };

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 15 Jan 2026 12:01:30 GMT', 90_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
  ['soon', 1000],
  ['1.5', 1000],
  [undefined, 1000],
])('Retry-After %s is %i milliseconds', (value, expected) => {
  expect(retryAfterMs(value, NOW)).toBe(expected);
});

test.each([
  [429, { 'retry-after': '45' }, 45_000],
  [503, { 'retry-after': '45' }, 45_000],
  [429, { 'retry-after': new Date(NOW + 200_000).toUTCString() }, 200_000],
  [429, { 'retry-after': new Date(NOW).toUTCString(), date: new Date(NOW - 60_000).toUTCString() }, 60_000],
])('after %i with %j the whole time is waited', async (status, headers, expected) => {
  const { target, waits } = scripted([answer(status, headers), answer(200)]);
  const exchange = await createCourier({ ...OPTIONS, target }).deliver(REQUEST, PLACE);
  expect([exchange.answer?.status, waits]).toEqual([200, [expected]]);
});

test('a request that had to be written twice counts twice', async () => {
  const { target } = scripted([]);
  const twice: Target = { ...target, send: async () => ({ elapsedMs: 0, answer: answer(200), writes: 2 }) };
  const courier = createCourier({ ...OPTIONS, target: twice, maxRequests: 3 });
  const ask = (index: number): Promise<unknown> =>
    courier.deliver(REQUEST, { ...PLACE, index, isRepeat: true });
  await ask(0);
  await ask(1);
  await expect(ask(2)).rejects.toMatchObject({ exitCode: 6 });
  expect(courier.log).toHaveLength(2);
});

test.each([429, 503])('a wait after %i that goes beyond the run ends it with exit code 6', async (status) => {
  const { target, waits } = scripted([
    answer(status, { 'retry-after': new Date(NOW + 3_600_000).toUTCString() }),
  ]);
  await expect(createCourier({ ...OPTIONS, target }).deliver(REQUEST, PLACE)).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringMatching(
      new RegExp(`answers ${status} and asks to wait 3600 s .*the run has 300 s left`),
    ),
  });
  expect(waits).toEqual([]);
});
