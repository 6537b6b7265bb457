import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/mock/create-mock.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import { idsOf, NOW, postList, startTestMock } from './start-test-mock.ts';

describe('two mocks of one process', () => {
  it('share neither world nor keys', async () => {
    const [first, second] = [
      await startTestMock({ seed: 1, apiKey: ['one'] }),
      await startTestMock({ seed: 2, apiKey: ['two'] }),
    ];
    const [one, two] = [
      await postList(first, {}, { 'x-api-key': 'one' }),
      await postList(second, {}, { 'x-api-key': 'two' }),
    ];
    expect(idsOf(one).filter((id) => idsOf(two).includes(id))).toEqual([]);
    expect((await postList(first, {}, { 'x-api-key': 'two' })).status).toBe(401);
  });

  it('give the same bytes where seed and clock are the same', async () => {
    const [first, second] = [await startTestMock({ seed: 'same' }), await startTestMock({ seed: 'same' })];
    const message = { limit: 2000, query: 'NOT technology:ssh', sortBy: 'duration' };
    expect((await postList(first, message)).text).toBe((await postList(second, message)).text);
  });

  it('cannot have one port', async () => {
    const { port } = await startTestMock();
    const second = await createMock({ port, now: NOW });
    await expect(second.start()).rejects.toMatchObject({ code: 'ERR_LISTEN' });
    await second.stop();
  });
});

describe('createMock', () => {
  it.each([
    [{ sead: 1 }, 'ERR_OPTION_UNKNOWN', 'unknown option sead (did you mean seed?)'],
    [{ port: 70_000 }, 'ERR_OPTION_INVALID', 'port must be a whole number from 0 to 65535 (got 70000)'],
    [{ now: 'noon' }, 'ERR_OPTION_INVALID', 'now must be live or an RFC 3339 instant'],
    [{ scenario: 'nosuch' }, 'ERR_SCENARIO_INVALID', 'no such scenario'],
    [{ spec: ['no-such-file.yaml'] }, 'ERR_DOCUMENT_INVALID', 'no-such-file.yaml'],
  ])('refuses %j', async (options, code, message) => {
    // Wrong on purpose: what JavaScript callers may pass.
    const refused = createMock(options as MockOptions);
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('listens only when it is started, and ends once however often it is stopped', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo; // a listening TCP server has one
    const unstarted = await createMock({ port, now: NOW });
    await unstarted.stop();
    const mock = await startTestMock();
    await Promise.all([mock.stop(), mock.stop()]);
    await mock.stop();
    await expect(fetch(`${mock.url}/health`)).rejects.toThrow();
  });
});
