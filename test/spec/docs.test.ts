import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import { call, documentOf, startSpecMock, startWithDocument } from './spec-mock.ts';

const FILES = ['openapi.yaml', 'fixtures/documents/clinic-3.0.yaml'];

async function get(url: string): Promise<Awaited<ReturnType<typeof call>>> {
  return call(url, { method: 'GET' });
}

describe('/docs', () => {
  it('is a page that names no other host and lets nothing but its own script run', async () => {
    const mock = await startSpecMock(FILES);
    const page = await get(`${mock.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).not.toMatch(/https?:\/\//);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(page.text.match(/<script[^>]*>[^<]/)).toBeNull();
  });

  it('loads everything it names from the mock', async () => {
    const mock = await startSpecMock(FILES);
    const page = await get(`${mock.url}/docs`);
    const paths = [...page.text.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)].map((match) => match[1]);
    expect(paths).toEqual(expect.arrayContaining(['/docs/rapidoc.js', '/docs/2', '/docs/openapi-1.json']));
    const answers = await Promise.all(paths.map((path) => get(mock.url + path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  });

  it('serves the script that the page is made with, and its licence', async () => {
    const mock = await startSpecMock(FILES);
    const script = await get(`${mock.url}/docs/rapidoc.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.text).toContain('MIT License');
    expect(script.text).toContain('rapi-doc');
    expect(script.text.length).toBeGreaterThan(500_000);
  });

  it('tries out operations on this mock, never on the live service', async () => {
    const mock = await startSpecMock(FILES);
    for (const [number, base] of [
      [1, '/'],
      [2, '/v2'],
    ] as const) {
      const { text } = await get(`${mock.url}/docs/openapi-${number}.json`);
      const { root } = parseDocument({ file: 'docs.json', text });
      expect(root['servers']).toEqual([{ url: base, description: 'This mock' }]);
    }
  });

  it('fills in the default key and no other', async () => {
    const [open, closed] = [
      await startSpecMock(FILES),
      await startSpecMock(FILES, { apiKey: ['my-own-key'] }),
    ];
    expect((await get(`${open.url}/docs`)).text).toContain('api-key-value="formal-mock-key"');
    expect((await get(`${closed.url}/docs`)).text).not.toMatch(/api-key-value|my-own-key/);
  });

  it('fills in the default key for every other scheme too, each as it is sent', async () => {
    const schemes = {
      Header: '{ type: apiKey, in: header, name: X-Key }',
      Query: '{ type: apiKey, in: query, name: key }',
      Cookie: '{ type: apiKey, in: cookie, name: sid }',
      Bearer: '{ type: http, scheme: bearer }',
      Basic: '{ type: http, scheme: basic }',
      OAuth: '{ type: oauth2, flows: {} }',
    };
    const entries = Object.entries(schemes);
    const operation = (path: string, ids: readonly string[]): string =>
      `  ${path}: { get: { security: [${ids.map((id) => `{ ${id}: [] }`)}], responses: { '204': { description: fine } } } }\n`;
    const first = operation('/a', ['Header', 'Query', 'Cookie', 'Bearer']);
    // A page that has two keys for one header sends neither as it should be.
    const document = documentOf(`${first}${operation('/b', ['Basic'])}${operation('/c', ['Basic', 'OAuth'])}
components:
  securitySchemes:
${entries.map(([id, scheme]) => `    ${id}: ${scheme}`).join('\n')}
`);
    const page = await get(`${(await startWithDocument(document)).url}/docs`);
    const keys = /data-keys="([^"]*)"/
      .exec(page.text)?.[1]
      ?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
    expect(JSON.parse(keys ?? '')).toEqual([
      { id: 'Query', value: 'formal-mock-key' },
      { id: 'Bearer', value: 'formal-mock-key' },
      { id: 'Basic', user: 'formal-mock', password: 'formal-mock-key' },
    ]);
    expect(page.text).toContain('src="/docs/keys.js"');
    const closed = await startWithDocument(document, { apiKey: ['my-own-key'] });
    expect((await get(`${closed.url}/docs`)).text).not.toMatch(/data-keys|my-own-key|formal-mock-key/);
  });

  it('hands the keys to the page by a script of the mock', async () => {
    const mock = await startSpecMock(FILES);
    const script = await get(`${mock.url}/docs/keys.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const filled: unknown[][] = [];
    let load: (event: unknown) => void = () => undefined;
    const element = {
      dataset: {
        keys: JSON.stringify([
          { id: 'A', value: 'k' },
          { id: 'B', user: 'u', password: 'k' },
          { id: 'C', value: 'k' },
          { id: 'D', value: 'k' },
        ]),
      },
      addEventListener: (_: string, listener: typeof load) => {
        load = listener;
      },
      setApiKey: (...given: unknown[]) => filled.push(given),
      setHttpUserNameAndPassword: (...given: unknown[]) => filled.push(given),
    };
    runInNewContext(script.text, { document: { querySelector: () => element } });
    const scheme = (id: string, type: string): object => ({ securitySchemeId: id, type });
    load({
      detail: { securitySchemes: [scheme('A', 'http'), scheme('B', 'http'), scheme('C', 'openIdConnect')] },
    });
    expect(filled).toEqual([
      ['A', 'k'],
      ['B', 'u', 'k'],
      ['C', 'Bearer k'],
    ]);
  });
});
