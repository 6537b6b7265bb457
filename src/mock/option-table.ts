import { MOCK_DEFAULTS, type MockOptions } from './mock-options.ts';

/** How an option's text is read and its value checked. */
export type OptionKind = 'integer' | 'string' | 'boolean' | 'strings' | 'instant' | 'choice' | 'seed';

/** One option of `serve`, from which flag, environment name, configuration key, help and checks follow. */
export interface OptionSpec {
  readonly kind: OptionKind;
  /** What follows the flag in the help, e.g. `N`. */
  readonly placeholder?: string;
  /** One line for the help: meaning and unit. */
  readonly help: string;
  /** Value when nothing is said; absent when the option is then off. */
  readonly defaultValue?: number | string | boolean | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Allowed words of a `choice`. */
  readonly choices?: readonly string[];
  /** True: the value is never repeated in a message. */
  readonly isSecret?: true;
  /** Printed under this heading in the help. */
  readonly group: string;
}

const SERVER = 'Server';
const WORLD = 'World';
const BEHAVIOUR = 'Behaviour';

/** Name of an option as code and configuration files spell it. */
export type MockOptionName = keyof MockOptions;

/** Everything `serve`, `createMock` and `startMock` can be told, in the order of the help. */
export const MOCK_OPTION_TABLE: Readonly<Record<MockOptionName, OptionSpec>> = {
  port: {
    kind: 'integer',
    placeholder: 'N',
    help: 'port to listen on, 0 = any free one',
    defaultValue: MOCK_DEFAULTS.port,
    minimum: 0,
    maximum: 65535,
    group: SERVER,
  },
  host: {
    kind: 'string',
    placeholder: 'ADDRESS',
    help: 'address to listen on',
    defaultValue: MOCK_DEFAULTS.host,
    group: SERVER,
  },
  spec: {
    kind: 'strings',
    placeholder: 'FILE',
    help: 'OpenAPI document that drives the mock, repeatable (default: the built-in openapi.yaml)',
    group: SERVER,
  },
  watch: {
    kind: 'boolean',
    help: 'reload the documents when their files change; a broken one keeps the last good',
    defaultValue: MOCK_DEFAULTS.watch,
    group: SERVER,
  },
  preferExamples: {
    kind: 'boolean',
    help: "answer with the documents' examples and x-faker where there are some",
    defaultValue: MOCK_DEFAULTS.preferExamples,
    group: BEHAVIOUR,
  },
  logLevel: {
    kind: 'choice',
    placeholder: 'LEVEL',
    help: 'what is logged to stderr',
    defaultValue: MOCK_DEFAULTS.logLevel,
    choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    group: SERVER,
  },
  tls: {
    kind: 'boolean',
    help: 'serve TLS beside clear text on the same port, self-signed',
    defaultValue: MOCK_DEFAULTS.tls,
    group: SERVER,
  },
  tlsCert: {
    kind: 'string',
    placeholder: 'FILE',
    help: 'PEM certificate to serve TLS with, together with --tls-key',
    group: SERVER,
  },
  tlsKey: {
    kind: 'string',
    placeholder: 'FILE',
    help: 'PEM private key of the certificate',
    group: SERVER,
  },
  cors: {
    kind: 'boolean',
    help: 'let browsers of any origin call the mock',
    defaultValue: MOCK_DEFAULTS.cors,
    group: SERVER,
  },
  seed: {
    kind: 'seed',
    placeholder: 'SEED',
    help: 'integer or text; same seed, same world',
    defaultValue: MOCK_DEFAULTS.seed,
    group: WORLD,
  },
  scenario: {
    kind: 'string',
    placeholder: 'NAME|FILE',
    help: 'see formal-mock scenarios, or a .json file of your own',
    defaultValue: MOCK_DEFAULTS.scenario,
    group: WORLD,
  },
  days: {
    kind: 'integer',
    placeholder: 'N',
    help: 'how many days before the start of the process the world reaches back',
    defaultValue: MOCK_DEFAULTS.days,
    minimum: 1,
    maximum: 3650,
    group: WORLD,
  },
  count: {
    kind: 'integer',
    placeholder: 'N',
    help: 'the newest N sessions instead of days',
    minimum: 1,
    maximum: 1_000_000_000,
    group: WORLD,
  },
  fixtures: {
    kind: 'string',
    placeholder: 'DIR',
    help: 'sessions of your own on top: *.sessions.json and *.sessions.ndjson files',
    group: WORLD,
  },
  now: {
    kind: 'instant',
    placeholder: 'live|INSTANT',
    help: "the world's clock: live, or an RFC 3339 instant at which it stands still",
    defaultValue: MOCK_DEFAULTS.now,
    group: WORLD,
  },
  apiKey: {
    kind: 'strings',
    placeholder: 'KEY',
    help: 'accepted API key, repeatable',
    defaultValue: MOCK_DEFAULTS.apiKey,
    isSecret: true,
    group: BEHAVIOUR,
  },
  auth: {
    kind: 'boolean',
    help: 'accept every request, with or without a key',
    defaultValue: MOCK_DEFAULTS.auth,
    group: BEHAVIOUR,
  },
  strict: {
    kind: 'boolean',
    help: 'answer exactly as the recorded server: a limit is required, query dialect quickwit',
    defaultValue: MOCK_DEFAULTS.strict,
    group: BEHAVIOUR,
  },
  profile: {
    kind: 'string',
    placeholder: 'FILE',
    help: 'behave as a server that `contract learn` observed',
    group: BEHAVIOUR,
  },
  notes: {
    kind: 'boolean',
    help: 'tell about doubtful queries in the header X-Mock-Notes',
    defaultValue: MOCK_DEFAULTS.notes,
    group: BEHAVIOUR,
  },
};

/** `apiKey` to `api-key`. */
export function optionToFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
