import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseText } from '../openapi/document-source.ts';
import { type LoadedDocument, parseDocument } from '../openapi/loaded-document.ts';
import { packageFile } from './package-files.ts';
import { readJsonIfPresent } from './read-json.ts';

const DOCUMENT = 'openapi.yaml';

/** Written by the build: YAML takes longer to parse than everything else at start-up. */
const PARSED_DOCUMENT = 'dist/openapi.json';

/** The parsed document beside the hash of the text it was parsed from. */
interface ParsedDocument {
  readonly sha256: string;
  readonly tree: unknown;
}

/**
 * The document that ships with the package. Where the build has left its parsed form and the text has not
 * changed since, the text is not parsed again. Throws KitError `ERR_DOCUMENT_INVALID`.
 */
export async function loadBuiltInDocument(): Promise<LoadedDocument> {
  const file = packageFile(DOCUMENT);
  const [text, parsed] = await Promise.all([
    readFile(file, 'utf8'),
    readJsonIfPresent(packageFile(PARSED_DOCUMENT)),
  ]);
  const known = parsed as ParsedDocument | undefined; // written by writeParsedDocument
  const tree = known?.sha256 === sha256(text) ? known.tree : undefined;
  return parseDocument({ file, text, tree });
}

/** Parses the package's document and leaves the result where {@link loadBuiltInDocument} looks. A build step. */
export async function writeParsedDocument(): Promise<void> {
  const file = packageFile(DOCUMENT);
  const text = await readFile(file, 'utf8');
  const parsed: ParsedDocument = { sha256: sha256(text), tree: parseText({ file, text }) };
  await writeFile(packageFile(PARSED_DOCUMENT), JSON.stringify(parsed));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
