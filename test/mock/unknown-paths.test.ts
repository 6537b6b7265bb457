import { describe, expect, it } from 'vitest';
import { exchange } from './raw-exchange.ts';
import { KEY, PATH, startTestMock } from './start-test-mock.ts';

const PATHS = [
  '/nothing',
  `${PATH}/`,
  `/${PATH}`,
  PATH.replace('/List', '//List'),
  PATH.toLowerCase(),
  PATH.toUpperCase(),
  `${PATH}%20`,
  `${PATH}%`,
  `${PATH}%zz`,
  `${PATH}%00`,
  `${PATH}/../../etc/passwd`,
  '/core.v1.SessionsService/ListSessions',
  '/core.v1.SessionsService/',
  '/HEALTH',
  '/health/',
  '/openapi.yaml/',
  '/__proto__',
  '/../openapi.yaml',
];

describe('a path nobody knows is 404 page not found, as text', () => {
  it.each(PATHS)('%s', async (path) => {
    const { port } = await startTestMock();
    const headers = `Host: a\r\nX-API-KEY: ${KEY}\r\nConnection: close\r\n`;
    for (const method of ['GET', 'POST', 'PUT']) {
      const answer = await exchange(port, `${method} ${path} HTTP/1.1\r\n${headers}\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer.toLowerCase()).toContain('content-type: text/plain; charset=utf-8\r\n');
      expect(answer).toMatch(/\r\n\r\n404 page not found\n$/);
    }
  });

  it('and another method of the procedure is 405, with the methods it takes', async () => {
    const { port } = await startTestMock();
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
      const request = `${method} ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
      const answer = await exchange(port, request);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer.toLowerCase()).toMatch(/\r\nallow: get, post\r\n/);
    }
  });
});
