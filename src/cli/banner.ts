import { MOCK_DEFAULTS, type ResolvedMockOptions } from '../mock/mock-options.ts';
import type { Operation, SecurityScheme } from '../openapi/operation.ts';

/** What the start-up text tells. */
export interface BannerFacts {
  readonly url: string;
  readonly tlsUrl: string | undefined;
  readonly options: ResolvedMockOptions;
  /** Sessions in the world at start. */
  readonly worldSize: number;
  readonly operations: readonly Operation[];
}

const PROCEDURE = '/core.v1.SessionsService/ListSessionsV2';

/** The text `serve` prints on stdout; its first line is fixed, and only the default key is ever printed. */
export function formatBanner({ url, tlsUrl, options, worldSize, operations }: BannerFacts): string {
  const listSessions = operations.find(({ path, method }) => path.endsWith(PROCEDURE) && method === 'POST');
  const place = keyPlace(listSessions ?? operations[0]);
  const { seed, scenario, now } = options;
  const reach = options.count === undefined ? `${options.days} days` : `newest ${options.count}`;
  return [
    `formal-mock listening on ${url}`,
    ...(tlsUrl === undefined ? [] : [`  TLS       ${tlsUrl}`]),
    `  key       ${printableKey(options, place)}`,
    `  world     scenario ${scenario}, seed ${seed}, ${reach}, clock ${now}: ${worldSize.toLocaleString('en-US')} sessions`,
    ...(listSessions === undefined ? [] : tryLines(url + listSessions.path, { url, options, place })),
    `  API       ${operations.length === 1 ? '1 operation' : `${operations.length} operations`}: ${url}/docs`,
    '',
  ].join('\n');
}

interface TryFacts {
  readonly url: string;
  readonly options: ResolvedMockOptions;
  readonly place: string;
}

function tryLines(address: string, { url, options, place }: TryFacts): string[] {
  const key = shellKey(options);
  const header = place === '' ? '' : ` -H "${place}: ${place === 'Authorization' ? 'Bearer ' : ''}${key}"`;
  const curl = `curl -X POST "${address}"${header} -H "Content-Type: application/json" -d '{"limit":3}'`;
  const sdk = `formal.New(formal.WithAPIKey(${JSON.stringify(key)}), formal.WithBaseURL("${url}"))`;
  return [`  try it    ${curl}`, ...(place === 'X-API-KEY' ? [`  Go SDK    ${sdk}`] : [])];
}

/** The header that carries the key; empty where none is asked for or it goes elsewhere. */
function keyPlace(operation: Operation | undefined): string {
  const scheme: SecurityScheme | undefined = operation?.security.flat()[0];
  if (scheme?.kind === 'apiKey' && scheme.in === 'header') return scheme.name;
  return scheme?.kind === 'bearer' ? 'Authorization' : '';
}

function printableKey(options: ResolvedMockOptions, place: string): string {
  if (!options.auth) return 'any or none (--no-auth)';
  const where = place === '' ? '' : ` (header ${place})`;
  return `${isDefaultKey(options) ? shellKey(options) : 'as configured'}${where}`;
}

function shellKey(options: ResolvedMockOptions): string {
  return isDefaultKey(options) || !options.auth ? String(MOCK_DEFAULTS.apiKey[0]) : 'YOUR_KEY';
}

function isDefaultKey(options: ResolvedMockOptions): boolean {
  return options.apiKey.length === 1 && options.apiKey[0] === MOCK_DEFAULTS.apiKey[0];
}
