import { loadBuiltInDocument } from '../files/built-in-document.ts';
import { packageFile } from '../files/package-files.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { type ServedDocument, servedDocuments } from './served-documents.ts';

/** Loads and checks the documents a mock is told to follow; none is the built-in one. Throws KitError `ERR_DOCUMENT_INVALID`. */
export async function loadServedDocuments(spec: readonly string[]): Promise<readonly ServedDocument[]> {
  const documents =
    spec.length === 0
      ? [await loadBuiltInDocument()]
      : await Promise.all(spec.map((file) => loadDocument(file)));
  return servedDocuments(documents, { areTrusted: spec.length === 0 });
}

/** The files behind {@link loadServedDocuments}. */
export function documentFiles(spec: readonly string[]): readonly string[] {
  return spec.length === 0 ? [packageFile('openapi.yaml')] : spec;
}
