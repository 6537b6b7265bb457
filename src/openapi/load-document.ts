import { readFile, stat } from 'node:fs/promises';
import { type DocumentSource, fileError } from './document-source.ts';
import { type Inspection, inspectDocument, type LoadedDocument, parseDocument } from './loaded-document.ts';

/** Largest file that is read, in bytes. */
export const MAX_DOCUMENT_BYTES: number = 16 * 1024 * 1024;

/**
 * The document of a file, JSON or YAML, OpenAPI 3.0 or 3.1. Throws KitError ERR_DOCUMENT_INVALID in one line,
 * e.g. `api.yaml:12:5 #/paths/~1a: unknown keyword "minimun" (did you mean "minimum"?)`. Nothing is fetched.
 */
export async function loadDocument(file: string): Promise<LoadedDocument> {
  return parseDocument({ file, text: await readText(file) });
}

/** What came out of reading a file, and its text, to find places in. */
export type FileInspection = Inspection & { readonly source: DocumentSource };

/** Like {@link loadDocument}, but gives all problems of a readable file instead of throwing the first. */
export async function inspectFile(file: string): Promise<FileInspection> {
  const source = { file, text: await readText(file) };
  return { ...inspectDocument(source), source };
}

async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fileError(file, 'is not UTF-8 text', cause);
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_DOCUMENT_BYTES) {
      throw fileError(file, `has ${size} bytes; at most ${MAX_DOCUMENT_BYTES} are read`);
    }
    return await readFile(file);
  } catch (cause) {
    if (isSystemError(cause))
      throw fileError(file, REASONS[cause.code] ?? `cannot be read (${cause.code})`, cause);
    throw cause;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory, not a file',
  EACCES: 'may not be read',
};

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
