import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { close, listen } from './exchange.ts';
import { expectRecordedAnswer, RECORDED_ANSWERS } from './replay.ts';
import { API_KEY, createStandIn } from './stand-in.ts';

let started: { readonly server: Server; readonly port: number };

beforeAll(async () => {
  started = await listen(createStandIn());
});

afterAll(() => close(started.server));

describe('answers what connect-go answers', () => {
  it('has all 78 recorded answers', () => {
    expect(RECORDED_ANSWERS).toHaveLength(78);
  });

  it.each(RECORDED_ANSWERS)('%s', (_, recorded) =>
    expectRecordedAnswer(recorded, { port: started.port, apiKey: API_KEY }),
  );
});
