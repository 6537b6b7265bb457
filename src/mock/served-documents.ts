import { type DocumentProblem, documentError } from '../openapi/document-source.ts';
import { generationProblems } from '../openapi/generation-problems.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation } from '../openapi/operation.ts';
import { operationsOf } from '../openapi/operations.ts';

/** A document and what it describes. */
export interface ServedDocument {
  readonly document: LoadedDocument;
  readonly operations: readonly Operation[];
}

/**
 * The operations of documents that are to be served together. Throws KitError `ERR_DOCUMENT_INVALID` where two
 * documents describe the same method and path, and where an answer could not be made up: at the start, not at a
 * request. `areTrusted` spares the second look for the document that ships with the package.
 */
export function servedDocuments(
  documents: readonly LoadedDocument[],
  { areTrusted }: { readonly areTrusted: boolean },
): readonly ServedDocument[] {
  const served = documents.map((document) => ({ document, operations: operationsOf(document) }));
  const clash = clashOf(served);
  if (clash !== undefined) throw documentError(clash.document, clash.problem);
  if (!areTrusted) for (const one of served) assertGenerable(one);
  return served;
}

/** A place that two documents describe, in the words of the later one. */
export interface DocumentClash {
  readonly document: LoadedDocument;
  readonly problem: DocumentProblem;
}

/** The first method and path that two documents describe; names of path parameters do not matter. */
export function clashOf(served: readonly ServedDocument[]): DocumentClash | undefined {
  const known = new Map<string, LoadedDocument>();
  for (const { document, operations } of served) {
    for (const { method, path, pointer } of operations) {
      const place = `${method} ${path.replace(/\{[^/}]*\}/g, '{}')}`;
      const other = known.get(place);
      if (other !== undefined) {
        const reason = `${method} ${path} is described by ${other.file} too; serve one of them`;
        return { document, problem: { pointer, reason } };
      }
      known.set(place, document);
    }
  }
  return undefined;
}

function assertGenerable({ document, operations }: ServedDocument): void {
  const [first, ...more] = generationProblems(document, operations);
  if (first === undefined) return;
  const reason = more.length === 0 ? first.reason : `${first.reason} (and ${more.length} more)`;
  throw documentError(document, { ...first, reason });
}
