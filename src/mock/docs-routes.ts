import { gunzipSync } from 'node:zlib';
import { loadDocsScript } from '../files/docs-script.ts';
import { basePathsOf } from '../openapi/base-paths.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../openapi/schema-object.ts';
import { docsPage } from './docs-page.ts';
import { MOCK_DEFAULTS, type ResolvedMockOptions } from './mock-options.ts';
import { type Route, type RouteHandler, writeText } from './route.ts';
import type { ServedDocument } from './served-documents.ts';

/** Only what the mock itself serves: no other host, no inline script. RapiDoc writes its styles into the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The API reference: `/docs` for the first document, `/docs/2` for the second. Page, script and document come from
 * the mock, so it works offline; "try it" calls the mock that serves the page.
 */
export function createDocsRoutes(served: readonly ServedDocument[], options: ResolvedMockOptions): Route[] {
  const titles = served.map(({ document }) => document.api.info.title);
  const pages = served.flatMap((one, index): Route[] => {
    const documentPath = `/docs/openapi-${index + 1}.json`;
    const text = (): string => docsPage({ titles, index, documentPath, apiKey: apiKeyOf(one, options) });
    const page: RouteHandler = (_, response) => {
      response.setHeader('Content-Security-Policy', POLICY);
      writeText(response, { mediaType: 'text/html; charset=utf-8', text: text() });
    };
    const document: RouteHandler = (_, response) =>
      writeText(response, {
        mediaType: 'application/json',
        text: JSON.stringify(withOwnServers(one.document.root)),
      });
    return [
      { path: index === 0 ? '/docs' : `/docs/${index + 1}`, method: 'GET', handle: page },
      { path: documentPath, method: 'GET', handle: document },
    ];
  });
  return [...pages, { path: '/docs/rapidoc.js', method: 'GET', handle: sendScript }];
}

const sendScript: RouteHandler = async (request, response) => {
  const compressed = await loadDocsScript();
  if (compressed === undefined) {
    const text = 'The script of this page is made by the build: run "npm run build".\n';
    return writeText(response, { status: 404, mediaType: 'text/plain; charset=utf-8', text });
  }
  // Every browser takes gzip.
  const isTaken = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const script = isTaken ? compressed : gunzipSync(compressed);
  response.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Content-Length': script.byteLength,
    'Cache-Control': 'max-age=3600',
    Vary: 'Accept-Encoding',
    ...(isTaken ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(script);
};

/** The key to fill in for "try it": only the one that everybody knows. */
function apiKeyOf(
  { operations }: ServedDocument,
  { apiKey }: ResolvedMockOptions,
): Parameters<typeof docsPage>[0]['apiKey'] {
  const scheme = operations.flatMap(({ security }) => security.flat()).find(({ kind }) => kind === 'apiKey');
  const isDefault = apiKey.length === 1 && apiKey[0] === MOCK_DEFAULTS.apiKey[0];
  if (scheme?.kind !== 'apiKey' || scheme.in === 'cookie' || !isDefault) return undefined;
  return { name: scheme.name, in: scheme.in, value: apiKey[0] ?? '' };
}

/** The document with this mock as its only server; base paths stay. */
function withOwnServers(value: JsonObject): JsonObject {
  const paths = value['paths'];
  const items = isJsonObject(paths) ? paths : {};
  const ownPaths = Object.entries(items).map(([path, item]): [string, JsonValue] => [
    path,
    withOwnServer(item, 2),
  ]);
  const { servers = [{ url: '/' }] } = value;
  return {
    ...value,
    // Schemas have been brought to the form of 3.1.
    openapi: '3.1.0',
    servers: ownServers(servers),
    paths: Object.fromEntries(ownPaths),
  };
}

/** Path items and operations may name servers too. */
function withOwnServer(value: JsonValue, depth: number): JsonValue {
  if (!isJsonObject(value) || depth === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      name === 'servers' ? ownServers(held) : withOwnServer(held, depth - 1),
    ]),
  );
}

function ownServers(servers: JsonValue): JsonValue {
  return basePathsOf(servers).map((path) => ({ url: path || '/', description: 'This mock' }));
}
