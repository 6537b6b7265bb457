import type { RequestSpec } from './exchange.ts';

const KEY_IN_SHELL: Readonly<Record<string, string>> = {
  '{KEY}': '$FORMAL_API_KEY',
  '{KEY:shorter}': '$FORMAL_API_KEY_WITHOUT_ITS_LAST_CHARACTER',
  '{KEY:longer}': '$FORMAL_API_KEY""x',
  '{KEY:other-case}': '$FORMAL_API_KEY_IN_OTHER_CASE',
  '{KEY:url}': '$FORMAL_API_KEY_URL_ENCODED',
  '{LIMITED_KEY}': '$FORMAL_API_KEY_LIMITED',
};

/** A line for a POSIX shell that sends the same request, with the key taken from `$FORMAL_API_KEY`. */
export function curlLine(baseUrl: string, request: RequestSpec): string {
  const url = shellWord(`${baseUrl}${request.path}`);
  const parts = ['curl', '-sS', '-i', ...methodFlags(request), url];
  for (const [name, value] of request.headers) parts.push('-H', shellWord(headerText(name, value)));
  if (
    !request.headers.some(([name]) => name.toLowerCase() === 'content-type') &&
    request.body !== undefined
  ) {
    parts.push('-H', "'Content-Type:'");
  }
  if (request.body === undefined) return parts.join(' ');
  return isPlainText(request.body)
    ? `${parts.join(' ')} --data-binary ${singleQuoted(Buffer.from(request.body).toString('utf8'))}`
    : `printf %s ${Buffer.from(request.body).toString('base64')} | base64 -d | ${parts.join(' ')} --data-binary @-`;
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
  const places = text.match(/\{(?:KEY|LIMITED_KEY)(?::[a-z-]+)?\}/g);
  if (places === null) return singleQuoted(text);
  const escaped = text.replace(/[\\"$`]/g, '\\$&');
  return `"${places.reduce((left, place) => left.replace(place, KEY_IN_SHELL[place] ?? place), escaped)}"`;
}

function singleQuoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

function isPlainText(body: Uint8Array): boolean {
  const bytes = Buffer.from(body);
  return (
    bytes.length <= 2_000 && bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8')) && !bytes.includes(0)
  );
}
