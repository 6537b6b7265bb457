import type { MessageForm, WireProtocol } from './procedure.ts';

/** What a media type means to the handler. */
export interface MediaType {
  /** The protocol the caller speaks. */
  readonly protocol: WireProtocol;
  /** The encoding of both messages. */
  readonly form: MessageForm;
  /** The canonical spelling, echoed in the answer. */
  readonly name: string;
}

function mediaType(name: string, protocol: WireProtocol, form: MessageForm): [string, MediaType] {
  return [name, { protocol, form, name }];
}

/** Every media type a unary procedure is served in. Source: measured (Accept-Post of connect-go v1.20.0). */
export const MEDIA_TYPES: ReadonlyMap<string, MediaType> = new Map([
  mediaType('application/grpc', 'grpc', 'proto'),
  mediaType('application/grpc+json', 'grpc', 'json'),
  mediaType('application/grpc+json; charset=utf-8', 'grpc', 'json'),
  mediaType('application/grpc+proto', 'grpc', 'proto'),
  mediaType('application/grpc-web', 'grpc-web', 'proto'),
  mediaType('application/grpc-web+json', 'grpc-web', 'json'),
  mediaType('application/grpc-web+json; charset=utf-8', 'grpc-web', 'json'),
  mediaType('application/grpc-web+proto', 'grpc-web', 'proto'),
  mediaType('application/json', 'connect', 'json'),
  mediaType('application/json; charset=utf-8', 'connect', 'json'),
  mediaType('application/proto', 'connect', 'proto'),
]);

/** Value of `Accept-Post` in a 415. */
export const ACCEPT_POST: string = [...MEDIA_TYPES.keys()].join(', ');

/**
 * The media type of a Content-Type header, whatever its letter case and the spelling of its parameters; undefined
 * when it is missing, malformed or not served.
 */
export function parseMediaType(contentType: string | undefined): MediaType | undefined {
  if (contentType === undefined) return undefined;
  return MEDIA_TYPES.get(contentType) ?? MEDIA_TYPES.get(canonicalMediaType(contentType));
}

const PARAMETER =
  /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))\s*$/;

/** Parameters as Go's mime package takes them: trailing semicolons pass, a repeated name only with equal values. */
function canonicalMediaType(contentType: string): string {
  const [base = '', ...parameters] = contentType.replace(/[;\s]+$/, '').split(';');
  const parsed = new Map<string, string>();
  for (const parameter of parameters) {
    const match = PARAMETER.exec(parameter);
    if (match === null) return contentType;
    const [, rawName = '', quoted, token = ''] = match;
    const name = rawName.toLowerCase();
    const value = quoted?.replace(/\\(.)/g, '$1') ?? token;
    if ((parsed.get(name) ?? value) !== value) return contentType;
    parsed.set(name, value);
  }
  const sorted = [...parsed].sort(([a], [b]) => (a < b ? -1 : 1));
  const suffix = sorted.map(
    ([name, value]) => `; ${name}=${name === 'charset' ? value.toLowerCase() : value}`,
  );
  return base.trim().toLowerCase() + suffix.join('');
}
