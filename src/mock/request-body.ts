import { createHash } from 'node:crypto';
import { decompress } from '../connect/compression.ts';
import { ConnectError } from '../connect/connect-error.ts';
import { readBody } from '../connect/read-body.ts';
import type { WireRequest } from '../connect/wire-message.ts';
import { compileValidator } from '../openapi/compile-validator.ts';
import { isJsonType } from '../openapi/json-media-type.ts';
import { parsePointer } from '../openapi/json-pointer.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation, OperationContent } from '../openapi/operation.ts';
import type { JsonValue } from '../openapi/schema-object.ts';
import { decodeForm } from './form-body.ts';
import { baseType, specificity } from './media-range.ts';
import type { RequestProblem } from './request-problem.ts';

/** A request's body, and everything that is wrong with it. */
export interface ReadRequestBody {
  /** Undefined where there is none. */
  readonly value?: JsonValue;
  readonly problems: readonly RequestProblem[];
}

const NO_BODY: RequestProblem = { in: 'body', steps: [], message: 'a body is required' };

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Makes the reader of an operation's body: JSON, forms and texts are checked against the schema, other media types of
 * the document are taken as they come. Throws ConnectError with HTTP status 415 for a media type the document does
 * not list, 413 beyond 4 MiB, 400 for what cannot be decoded.
 */
export function createBodyReader(
  operation: Operation,
  document: LoadedDocument,
): (request: WireRequest) => Promise<ReadRequestBody> {
  const { requestBody } = operation;
  return async (request) => {
    const bytes = await readBytes(request);
    if (requestBody === undefined) return { problems: [] };
    if (bytes.length === 0) return { problems: requestBody.isRequired ? [NO_BODY] : [] };
    return readContent(document, requestBody.content, {
      bytes,
      contentType: request.headers['content-type'],
    });
  };
}

function readContent(
  document: LoadedDocument,
  contents: readonly OperationContent[],
  { bytes, contentType = '' }: { readonly bytes: Buffer; readonly contentType: string | undefined },
): ReadRequestBody {
  const content = contentFor(contents, contentType);
  if (content === undefined) throw unsupported(contents, contentType);
  const value = decode(document, content, { bytes, contentType });
  return { value, problems: isChecked(contentType) ? problemsOf(document, content, value) : [] };
}

async function readBytes(request: WireRequest): Promise<Buffer> {
  try {
    const bytes = await readBody(request, { maxBytes: MAX_BODY_BYTES });
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity' || bytes.length === 0) return bytes;
    if (encoding === 'gzip') return Buffer.from(await decompress(bytes, MAX_BODY_BYTES));
    throw new ConnectError('unimplemented', `content encoding ${encoding} is not read; use gzip or none`, {
      httpStatus: 415,
    });
  } catch (error) {
    const isTooLarge = error instanceof ConnectError && error.code === 'resource_exhausted';
    throw isTooLarge ? new ConnectError(error.code, error.message, { httpStatus: 413, cause: error }) : error;
  }
}

function contentFor(content: readonly OperationContent[], contentType: string): OperationContent | undefined {
  const sent = baseType(contentType);
  return content
    .map((one) => ({ one, weight: specificity(baseType(one.mediaType), sent) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)[0]?.one;
}

function unsupported(content: readonly OperationContent[], contentType: string): ConnectError {
  const known = content.map(({ mediaType }) => mediaType).join(', ');
  const said = contentType === '' ? 'the Content-Type header is missing' : `no media type ${contentType}`;
  return new ConnectError('invalid_argument', `${said}; send ${known}`, {
    httpStatus: 415,
    headers: { 'Accept-Post': known },
  });
}

interface SentBody {
  readonly bytes: Buffer;
  readonly contentType: string;
}

const FORM = 'application/x-www-form-urlencoded';

function isChecked(contentType: string): boolean {
  return isJsonType(contentType) || baseType(contentType) === FORM || /^text\//i.test(contentType);
}

function decode(
  document: LoadedDocument,
  content: OperationContent,
  { bytes, contentType }: SentBody,
): JsonValue {
  if (!isChecked(contentType)) return createHash('sha256').update(bytes).digest('hex');
  const text = decodeUtf8(bytes);
  if (baseType(contentType) === FORM) return decodeForm(document, content, text);
  if (!isJsonType(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw new ConnectError('invalid_argument', `the body is not JSON: ${reason}`, { cause });
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConnectError('invalid_argument', 'the body is not UTF-8', { cause });
  }
}

function problemsOf(
  document: LoadedDocument,
  { schemaRef }: OperationContent,
  value: JsonValue,
): RequestProblem[] {
  if (schemaRef === undefined) return [];
  const validate = compileValidator(document, schemaRef, { direction: 'request', subject: 'body' });
  return validate(value).map(({ pointer, message }) => ({
    in: 'body',
    steps: parsePointer(pointer),
    message,
  }));
}
