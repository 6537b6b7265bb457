import type { IncomingHttpHeaders } from 'node:http';
import { ConnectError } from '../connect/connect-error.ts';
import type { Operation, SecurityAlternative, SecurityScheme } from '../openapi/operation.ts';
import type { ResolvedMockOptions } from './mock-options.ts';

/** Where keys may be presented. */
export interface Presented {
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** Path and query of the request. */
  readonly url: string;
}

/** What a request must present. */
export interface SecurityRule {
  /** From the document: one alternative must hold; empty where no key is asked for. */
  readonly alternatives: readonly SecurityAlternative[];
  /** Every key that is accepted, wherever it is presented. */
  readonly acceptedKeys: ReadonlySet<string>;
}

/** What an operation asks for under the mock's options. */
export function securityRuleOf(
  { security }: Operation,
  { auth, apiKey }: Pick<ResolvedMockOptions, 'auth' | 'apiKey'>,
  { acceptsBearer = false }: { readonly acceptsBearer?: boolean } = {},
): SecurityRule {
  const alternatives = acceptsBearer && security.length > 0 ? [...security, [BEARER]] : security;
  return { alternatives: auth ? alternatives : [], acceptedKeys: new Set(apiKey) };
}

const BEARER: SecurityScheme = { kind: 'bearer', id: 'bearer' };

/**
 * Throws ConnectError `unauthenticated` unless one alternative of the document is met with accepted keys.
 * Nothing of a key is ever repeated. Source: measured (missing key), assumed (wrong key).
 */
export function assertAuthorized(presented: Presented, { alternatives, acceptedKeys }: SecurityRule): void {
  if (alternatives.length === 0) return;
  let isAnyPresented = false;
  for (const schemes of alternatives) {
    const keys = schemes.map((scheme) => readKey(scheme, presented));
    if (keys.every((key) => key === 'unchecked' || (key.value !== '' && acceptedKeys.has(key.value)))) return;
    isAnyPresented ||= keys.some((key) => key !== 'unchecked' && key.value !== '');
  }
  throw new ConnectError('unauthenticated', isAnyPresented ? 'invalid api key' : 'missing api key');
}

/** How a 401 says what to present; only schemes of the Authorization header have a word for it. */
export function challengeOf({ security }: Operation): Readonly<Record<string, string>> {
  const kinds = new Set(security.flat().map(({ kind }) => kind));
  const challenges = [
    ...(kinds.has('bearer') ? ['Bearer'] : []),
    ...(kinds.has('basic') ? ['Basic realm="formal-mock"'] : []),
  ];
  return challenges.length === 0 ? {} : { 'WWW-Authenticate': challenges.join(', ') };
}

type Key = { readonly value: string } | 'unchecked';

function readKey(scheme: SecurityScheme, { headers, url }: Presented): Key {
  switch (scheme.kind) {
    case 'apiKey':
      return { value: readApiKey(scheme, { headers, url }) };
    case 'bearer':
      return { value: credentialsOf(headers, 'bearer') };
    case 'basic':
      return { value: passwordOf(credentialsOf(headers, 'basic')) };
    case 'other':
      return 'unchecked';
    default:
      return scheme satisfies never;
  }
}

function readApiKey(
  scheme: Extract<SecurityScheme, { kind: 'apiKey' }>,
  { headers, url }: Presented,
): string {
  switch (scheme.in) {
    case 'header':
      return single(headers[scheme.name.toLowerCase()]);
    case 'query':
      return new URLSearchParams(url.split('?')[1] ?? '').get(scheme.name) ?? '';
    case 'cookie':
      return cookieOf(headers.cookie ?? '', scheme.name) ?? '';
    default:
      return scheme.in satisfies never;
  }
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}

function credentialsOf(headers: IncomingHttpHeaders, scheme: string): string {
  const [name = '', credentials = ''] = (headers.authorization ?? '').split(' ', 2);
  return name.toLowerCase() === scheme ? credentials : '';
}

/** `user:password` in base64: the password counts as the key, or the user where the password is empty. */
function passwordOf(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const password = colon === -1 ? '' : text.slice(colon + 1);
  return password === '' ? text.slice(0, Math.max(0, colon)) : password;
}

/** The value of a cookie as sent; undefined where the header has none of that name. */
export function cookieOf(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key = '', ...value] = part.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
