import type { RequestSpec } from './exchange.ts';
import { bodyInShell, singleQuoted } from './shell-body.ts';

/** What a POSIX shell makes of `$FORMAL_API_KEY` for each placeholder of a key, inside double quotes. */
const KEY_IN_SHELL: Readonly<Record<string, string>> = {
  '{KEY}': '$FORMAL_API_KEY',
  '{KEY:shorter}': `\${FORMAL_API_KEY%?}`,
  '{KEY:longer}': `\${FORMAL_API_KEY}x`,
  '{KEY:other-case}': `$(printf %s "$FORMAL_API_KEY" | tr 'A-Za-z' 'a-zA-Z')`,
  '{KEY:url}': `$(printf %s "$FORMAL_API_KEY" | od -An -v -tx1 | tr -d '\\n' | tr ' ' %)`,
  '{LIMITED_KEY}': '$FORMAL_API_KEY_LIMITED',
};

/** A line for a POSIX shell that sends the same request, with the key taken from `$FORMAL_API_KEY`. */
export function curlLine(baseUrl: string, request: RequestSpec): string {
  const url = shellWord(`${baseUrl}${request.path}`);
  const parts = ['curl', '-sS', '-i', ...methodFlags(request), url];
  if (/[[\]{}]/.test(request.path)) parts.splice(1, 0, '-g');
  for (const [name, value] of request.headers) parts.push('-H', shellWord(headerText(name, value)));
  const { body } = request;
  if (body === undefined) return parts.join(' ');
  if (!hasHeader(request, 'content-type')) parts.push('-H', "'Content-Type:'");
  const { flag, pipe } = bodyInShell(body);
  return `${pipe === undefined ? '' : `${pipe} | `}${parts.join(' ')} ${flag}`;
}

function hasHeader({ headers }: RequestSpec, wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted);
}

/** An answer to HEAD has no body, for which curl would wait: it reads until the server closes, which it is asked to do. */
function methodFlags({ method }: RequestSpec): readonly string[] {
  const waits = method === 'HEAD' ? ['--ignore-content-length', '-H', "'Connection: close'"] : [];
  return ['-X', method, ...waits];
}

/** curl needs `name;` to send a header without a value. */
function headerText(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

function shellWord(text: string): string {
  const places = /\{(?:KEY|LIMITED_KEY)(?::[a-z-]+)?\}/g;
  if (!places.test(text)) return singleQuoted(text);
  const escaped = text.replace(/[\\"$`]/g, '\\$&');
  return `"${escaped.replace(places, (place) => KEY_IN_SHELL[place] ?? place)}"`;
}
