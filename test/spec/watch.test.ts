import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:http2';
import { type Logger, pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { startMock } from '../../src/mock/create-mock.ts';
import { call, documentOf, writeDocument } from './spec-mock.ts';

const pathOf = (path: string): string =>
  documentOf(`  ${path}: { get: { responses: { '204': { description: fine } } } }\n`);

/** A logger whose lines can be waited for. */
function listeningLogger(): { logger: Logger; next: () => Promise<Record<string, unknown>> } {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const write = (line: string): void => {
    const first = waiting.shift();
    if (first === undefined) lines.push(line);
    else first(line);
  };
  const next = async (): Promise<Record<string, unknown>> =>
    JSON.parse(lines.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve))));
  return { logger: pino({ level: 'info' }, { write }), next };
}

async function statusOverHttp2(url: string, path: string): Promise<unknown> {
  const session = connect(url);
  const [headers] = await once(session.request({ ':path': path }), 'response');
  session.close();
  return headers[':status'];
}

it('reloads changed documents for HTTP/1.1 and HTTP/2, and keeps the last good where one is broken', async () => {
  const file = await writeDocument(pathOf('/one'));
  const { logger, next } = listeningLogger();
  const mock = await startMock({ port: 0, spec: [file], watch: true, cors: false }, { logger });
  onTestFinished(() => mock.stop());
  const nextReload = async (): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = await next();
      if (line['msg'] !== 'request') return line;
    }
  };
  const status = async (path: string): Promise<number> =>
    (await call(mock.url + path, { method: 'GET' })).status;
  expect([await status('/one'), await status('/two')]).toEqual([204, 404]);

  await writeFile(file, pathOf('/two'));
  expect(await nextReload()).toMatchObject({ msg: 'documents reloaded', operations: 1 });
  expect([await status('/one'), await status('/two')]).toEqual([404, 204]);
  expect(await statusOverHttp2(mock.url, '/two')).toBe(204);
  expect(mock.operations().map(({ path }) => path)).toEqual(['/two']);

  await writeFile(file, pathOf('/three').replace('responses', 'respones'));
  const refusal = await nextReload();
  expect(refusal).toMatchObject({ code: 'ERR_DOCUMENT_INVALID' });
  expect(refusal['msg']).toMatch(
    /api\.yaml:4:\d+ #\/paths\/~1three\/get\/respones: unknown field .*last good documents stay/,
  );
  expect([await status('/two'), await status('/three')]).toEqual([204, 404]);

  await writeFile(file, pathOf('/three'));
  expect(await nextReload()).toMatchObject({ msg: 'documents reloaded' });
  expect([await status('/two'), await status('/three')]).toEqual([404, 204]);
});
