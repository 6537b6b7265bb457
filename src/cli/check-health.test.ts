import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { checkHealth } from './check-health.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  stops.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? String(address.port) : '';
}

test('is well when /health answers 200', async () => {
  const port = await listen((request, response) => {
    response.writeHead(request.url === '/health' ? 200 : 404).end('ok');
  });
  expect(await checkHealth({ FORMAL_MOCK_PORT: port })).toBe(0);
  expect(await checkHealth({ PORT: port })).toBe(0);
  expect(await checkHealth({ FORMAL_MOCK_PORT: port, PORT: '1' })).toBe(0);
});

test('is ill when /health answers anything else', async () => {
  const port = await listen((_, response) => void response.writeHead(503).end());
  expect(await checkHealth({ FORMAL_MOCK_PORT: port })).toBe(1);
});

test('is ill when nothing listens, or the port is nonsense', async () => {
  expect(await checkHealth({ FORMAL_MOCK_PORT: '1' })).toBe(1);
  expect(await checkHealth({ FORMAL_MOCK_PORT: '65536' })).toBe(1);
  expect(await checkHealth({ FORMAL_MOCK_PORT: 'http' })).toBe(1);
});

test('is ill when the mock accepts and never answers', async () => {
  const port = await listen(() => undefined);
  expect(await checkHealth({ FORMAL_MOCK_PORT: port })).toBe(1);
});
