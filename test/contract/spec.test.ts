import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { packagedDocument, runContract } from '../../src/contract/run.ts';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const text = await readFile(packagedDocument(), 'utf8');

/** The document with some texts replaced, wherever they stand. */
function edited(
  ...changes: readonly (readonly [from: string, to: string])[]
): ReturnType<typeof parseDocument> {
  const changed = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replaceAll(from, to);
  }, text);
  return parseDocument({ file: 'edited.yaml', text: changed });
}

/** Ids of the cases that do not pass on the honest server, judged by a document. */
async function alarmsBy(
  document: ReturnType<typeof parseDocument>,
  audience: 'mock' | 'any' | 'live',
): Promise<readonly (readonly [id: string, status: string])[]> {
  const server = await startServer(honestSteps(10));
  const options = { url: server.url, apiKey: API_KEY, requestsPerSecond: 10_000 };
  const { outcomes } = await runContract({ ...options, audience, document });
  await server.stop();
  return outcomes
    .filter(({ status }) => !['pass', 'info', 'skip'].includes(status))
    .map(({ id, status }) => [id, status] as const);
}

test('a lower maximum is what the suite judges by', async () => {
  const document = edited(
    ['maximum: 100000', 'maximum: 20'],
    ['limit: 50', 'limit: 5'],
    ['limit: 100', 'limit: 10'],
    ['[1, 50, 100, 1000]', '[1, 20]'],
  );
  const server = await startServer({
    ...honestSteps(60),
    checkLimit: (limit) => limit > 0 && limit <= 20,
    limitOf: (message) => Number(message['limit'] ?? 20),
  });
  const report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock', document });
  await server.stop();
  expect(report.outcomes.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([]);
  expect(server.requests.some(({ body }) => body.includes('"limit":21'))).toBe(true);
});

test('a renamed key header is what the suite sends', async () => {
  const document = edited(['name: X-API-KEY', 'name: X-Other-Key']);
  const server = await startServer({ ...honestSteps(10), readKey: ({ headers }) => headers['x-other-key'] });
  const report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock', document });
  await server.stop();
  expect(report.exitCode).toBe(0);
});

test('a field that the edited document declares is no drift', async () => {
  const document = edited([
    '        parentSessionId:\n',
    '        riskScore: { type: integer }\n        parentSessionId:\n',
  ]);
  const server = await startServer({
    ...honestSteps(10),
    writeSession: (session) => ({ ...session, riskScore: 3 }),
  });
  const options = {
    url: server.url,
    apiKey: API_KEY,
    audience: 'mock',
    only: ['drift/undocumented-field'],
  } as const;
  expect(await runContract({ ...options, document })).toMatchObject({ exitCode: 0 });
  expect(await runContract(options)).toMatchObject({ exitCode: 1 });
  await server.stop();
});

test.each(['mock', 'any', 'live'] as const)(
  'a document that contradicts its own examples fails a run of audience %s',
  async (audience) => {
    const operation = edited(['code: unauthenticated, message: missing api key', 'code: unauthorized']);
    expect(await alarmsBy(operation, audience)).toEqual([['schema/document-examples', 'fail']]);
    const schema = edited(['[1, 50, 100, 1000]', '[1, 50, 100, 100001]']);
    expect(await alarmsBy(schema, audience)).toEqual([['schema/document-examples', 'fail']]);
  },
);

test.each(['mock', 'any', 'live'] as const)(
  'a document that accepts what every right one refuses fails a run of audience %s',
  async (audience) => {
    const pattern = "      pattern: '^-?[0-9]{1,12}(\\.([0-9]{3}|[0-9]{6}|[0-9]{9}))?s$'\n";
    const document = edited(['      format: protobuf-duration\n', ''], [pattern, '']);
    expect(await alarmsBy(document, audience)).toContainEqual(['schema/document-refuses', 'fail']);
  },
);
