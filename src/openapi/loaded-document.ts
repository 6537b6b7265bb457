import type { OpenAPIV3_1 } from 'openapi-types';
import { checkDocument, readVersion } from './check-document.ts';
import { checkProto } from './check-proto.ts';
import type { OpenApiVersion } from './check-schema.ts';
import {
  type DocumentProblem,
  type DocumentSource,
  documentError,
  parseText,
  SyntaxProblem,
  syntaxError,
} from './document-source.ts';
import { normaliseSchemas } from './normalise-document.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';
import { DepthError, type Visited, walkDocument } from './walk-document.ts';

/**
 * A checked OpenAPI document. Schemas have the form of OpenAPI 3.1 (JSON Schema 2020-12) whatever the file's
 * version; references are kept and all lead somewhere inside the document. Must not be changed.
 */
export interface LoadedDocument extends DocumentSource {
  /** Version the file is written in. */
  readonly version: OpenApiVersion;
  /** The document as a tree, for code that knows where it looks. */
  readonly root: JsonObject;
  /** The same tree, typed. */
  readonly api: OpenAPIV3_1.Document;
}

/** What came out of reading a text: a document, or everything that is wrong with it. */
export type Inspection =
  | { readonly document: LoadedDocument; readonly problems: readonly [] }
  | { readonly document?: never; readonly problems: readonly DocumentProblem[] };

/**
 * The document of a text, JSON or YAML. Throws KitError ERR_DOCUMENT_INVALID with the first problem in one
 * line: file, line, column, JSON pointer, reason, and how many more there are.
 */
export function parseDocument(source: DocumentSource): LoadedDocument {
  const { document, problems } = inspectDocument(source);
  if (document !== undefined) return document;
  const [first = { pointer: '#', reason: 'not valid' }, ...more] = problems;
  const reason = more.length === 0 ? first.reason : `${first.reason} (and ${more.length} more)`;
  throw documentError(source, { ...first, reason });
}

/**
 * Like {@link parseDocument}, but gives all problems at once. A text that cannot be read at all is still
 * thrown as KitError ERR_DOCUMENT_INVALID.
 */
export function inspectDocument(source: DocumentSource): Inspection {
  const root = readText(source);
  const read = readVersion(root);
  if ('problem' in read) return { problems: [read.problem] };
  if (!isJsonObject(root)) return { problems: [{ pointer: '#', reason: 'the root must be an object' }] };
  const visited = walkOrThrow(source, root);
  const problems = checkDocument(root, visited, read.version);
  if (problems.length > 0) return { problems };
  normaliseSchemas(visited, read.version);
  const protoProblems = checkProto(root, visited);
  if (protoProblems.length > 0) return { problems: protoProblems };
  // Checked above as far as the kit reads it; openapi-types describes exactly this tree.
  const api = root as unknown as OpenAPIV3_1.Document;
  return { document: { ...source, version: read.version, root, api }, problems: [] };
}

function readText(source: DocumentSource): unknown {
  try {
    return source.text.trim() === '' ? undefined : parseText(source);
  } catch (error) {
    if (error instanceof SyntaxProblem) throw syntaxError(source, error);
    throw error;
  }
}

function walkOrThrow(source: DocumentSource, root: JsonObject): Visited[] {
  try {
    return walkDocument(root);
  } catch (error) {
    if (!(error instanceof DepthError)) throw error;
    throw documentError(source, { pointer: error.pointer, reason: error.message });
  }
}
