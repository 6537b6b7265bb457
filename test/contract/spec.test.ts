import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { packagedDocument, runContract } from '../../src/contract/run.ts';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const text = await readFile(packagedDocument(), 'utf8');

function edited(from: string, to: string): ReturnType<typeof parseDocument> {
  expect(text).toContain(from);
  return parseDocument({ file: 'edited.yaml', text: text.replace(from, to) });
}

test('a lower maximum is what the suite judges by', async () => {
  const document = edited('maximum: 100000', 'maximum: 20');
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
  const document = edited('name: X-API-KEY', 'name: X-Other-Key');
  const server = await startServer({ ...honestSteps(10), readKey: ({ headers }) => headers['x-other-key'] });
  const report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock', document });
  await server.stop();
  expect(report.exitCode).toBe(0);
});

test('a field that the edited document declares is no drift', async () => {
  const document = edited(
    '        parentSessionId:\n',
    '        riskScore: { type: integer }\n        parentSessionId:\n',
  );
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
