/** What `createMock` and `startMock` take. Every field is optional; bounds and defaults are in the README. */
export interface MockOptions {
  /** Port, 0..65535; 0 takes any free one. Default 4010. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Files of OpenAPI documents. Default: the built-in one. */
  readonly spec?: readonly string[];
  /** True reloads the documents when their files change. Default false. */
  readonly watch?: boolean;
  /** True answers with the documents' examples and `x-faker` where there are some. Default false. */
  readonly preferExamples?: boolean;
  /** What is logged to stderr. Default `info` on the command line, `silent` in code. */
  readonly logLevel?: string;
  /** Serves TLS beside clear text on the same port, with a self-signed certificate. Default false. */
  readonly tls?: boolean;
  /** PEM file of a certificate to serve TLS with; needs `tlsKey`. */
  readonly tlsCert?: string;
  /** PEM file of the certificate's private key. */
  readonly tlsKey?: string;
  /** Lets browsers of any origin call the mock. Default false. */
  readonly cors?: boolean;
  /** Integer or text. Default 42. */
  readonly seed?: number | string;
  /** Name of a built-in scenario or a file. Default `startup`. */
  readonly scenario?: string;
  /** Days the world reaches back from the start, 1..3650. Default 30. */
  readonly days?: number;
  /** The newest N sessions instead of `days`. */
  readonly count?: number;
  /** Directory of `*.sessions.json` and `*.sessions.ndjson` files laid over the world. Default: none. */
  readonly fixtures?: string;
  /** `live`, or an RFC 3339 instant at which the world's clock stands still. Default `live`. */
  readonly now?: string;
  /** Accepted API keys. Default `['formal-mock-key']`. */
  readonly apiKey?: readonly string[];
  /** False accepts every request. Default true. */
  readonly auth?: boolean;
  /** True answers exactly as the recorded server. Default false. */
  readonly strict?: boolean;
  /** File of a profile, as `formal-mock contract learn` writes it, to imitate. Default: none. */
  readonly profile?: string;
  /** True tells about doubtful queries in the header `X-Mock-Notes`. Default false. */
  readonly notes?: boolean;
}

/** {@link MockOptions} with every default filled in. */
export interface ResolvedMockOptions
  extends Required<Omit<MockOptions, 'count' | 'spec' | 'fixtures' | 'profile' | 'tlsCert' | 'tlsKey'>> {
  readonly count: number | undefined;
  readonly fixtures: string | undefined;
  readonly profile: string | undefined;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  /** Empty: the built-in document. */
  readonly spec: readonly string[];
}

/** The value of every option nobody states; `count`, `spec` and the files have none. */
export const MOCK_DEFAULTS: Readonly<
  Omit<ResolvedMockOptions, 'count' | 'spec' | 'fixtures' | 'profile' | 'tlsCert' | 'tlsKey'>
> = Object.freeze({
  port: 4010,
  host: '127.0.0.1',
  watch: false,
  preferExamples: false,
  logLevel: 'info',
  tls: false,
  cors: false,
  seed: 42,
  scenario: 'startup',
  days: 30,
  now: 'live',
  apiKey: ['formal-mock-key'],
  auth: true,
  strict: false,
  notes: false,
});
