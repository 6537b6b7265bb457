import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Mock, startMock } from '../../src/mock/create-mock.ts';
import type { Listening } from '../../src/mock/listen.ts';
import { expectRecordedAnswer, RECORDED_ANSWERS } from '../wire/replay.ts';

describe('--strict --scenario empty answers what connect-go answers', () => {
  let mock: Mock & Listening;
  beforeAll(async () => {
    mock = await startMock({ port: 0, strict: true, scenario: 'empty', apiKey: ['recorded-key'] });
  });
  afterAll(() => mock.stop());

  it.each(RECORDED_ANSWERS)('%s', (_, recorded) =>
    expectRecordedAnswer(recorded, { port: mock.port, apiKey: 'recorded-key' }),
  );
});
