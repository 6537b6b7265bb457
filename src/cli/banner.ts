import { MOCK_DEFAULTS, type ResolvedMockOptions } from '../mock/mock-options.ts';

/** What the start-up text tells. */
export interface BannerFacts {
  readonly url: string;
  readonly tlsUrl: string | undefined;
  readonly options: ResolvedMockOptions;
  /** Sessions in the world at start. */
  readonly worldSize: number;
}

const PATH = '/core.v1.SessionsService/ListSessionsV2';

/** The text `serve` prints on stdout; its first line is fixed, and only the default key is ever printed. */
export function formatBanner({ url, tlsUrl, options, worldSize }: BannerFacts): string {
  const key = printableKey(options);
  const { seed, scenario, now } = options;
  const reach = options.count === undefined ? `${options.days} days` : `newest ${options.count}`;
  return [
    `formal-mock listening on ${url}`,
    ...(tlsUrl === undefined ? [] : [`  TLS       ${tlsUrl}`]),
    `  key       ${key}`,
    `  world     scenario ${scenario}, seed ${seed}, ${reach}, clock ${now}: ${worldSize.toLocaleString('en-US')} sessions`,
    '  try it    ' +
      `curl -X POST "${url}${PATH}" -H "X-API-KEY: ${shellKey(options)}" -H "Content-Type: application/json" -d '{"limit":3}'`,
    `  Go SDK    formal.New(formal.WithAPIKey(${JSON.stringify(shellKey(options))}), formal.WithBaseURL("${url}"))`,
    '',
  ].join('\n');
}

function printableKey(options: ResolvedMockOptions): string {
  if (!options.auth) return 'any or none (--no-auth)';
  return isDefaultKey(options)
    ? `${shellKey(options)} (header X-API-KEY)`
    : 'as configured (header X-API-KEY)';
}

function shellKey(options: ResolvedMockOptions): string {
  return isDefaultKey(options) || !options.auth ? String(MOCK_DEFAULTS.apiKey[0]) : '$FORMAL_MOCK_API_KEY';
}

function isDefaultKey(options: ResolvedMockOptions): boolean {
  return options.apiKey.length === 1 && options.apiKey[0] === MOCK_DEFAULTS.apiKey[0];
}
