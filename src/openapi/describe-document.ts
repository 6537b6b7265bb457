import { basePathsOf } from './base-paths.ts';
import { compileValidator } from './compile-validator.ts';
import type { DocumentProblem } from './document-source.ts';
import { generationProblems } from './generation-problems.ts';
import { joinPointer, valueAt } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import type { Operation, OperationContent, SecurityScheme } from './operation.ts';
import { operationsOf } from './operations.ts';
import { paginationOf } from './pagination.ts';
import { pathParameterNotes } from './path-parameters.ts';
import { isJsonObject } from './schema-object.ts';

/** One operation as `spec check` lists it. */
export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  /** `rpc` where the path is a procedure of the document's proto package. */
  readonly kind: 'rpc' | 'rest';
  /** Media types of its answers, each once. */
  readonly mediaTypes: readonly string[];
  readonly statuses: readonly string[];
  /** What is asked for, in words: `X-API-KEY in header`, alternatives joined by `or`; empty for nothing. */
  readonly security: string;
  readonly isPaginated: boolean;
}

/** What a document would make the mock do. */
export interface DocumentDescription {
  /** Below which operations answer, each once; `/` for none. */
  readonly basePaths: readonly string[];
  readonly operations: readonly DescribedOperation[];
  /** What would not be done, or is wrong with the document without making it unusable. */
  readonly notes: readonly DocumentProblem[];
}

/** What would be served, and what is not understood. Compiles every schema that has examples, so not for the start. */
export function describeDocument(document: LoadedDocument): DocumentDescription {
  const operations = operationsOf(document);
  return {
    basePaths: basePaths(document, operations),
    operations: operations.map((operation) => describeOperation(document, operation)),
    notes: [
      ...unservedParts(document),
      ...operations.flatMap((operation) => notesOn(document, operation)),
      ...generationProblems(document, operations),
    ],
  };
}

function basePaths({ root }: LoadedDocument, operations: readonly Operation[]): readonly string[] {
  const owners = operations.map(({ pointer }) => {
    const operation = valueAt(root, pointer);
    const item = valueAt(root, pointer.slice(0, pointer.lastIndexOf('/')));
    return [operation, item, root].find((owner) => isJsonObject(owner) && owner['servers'] !== undefined);
  });
  const paths = owners.flatMap((owner) => basePathsOf(isJsonObject(owner) ? owner['servers'] : undefined));
  return [...new Set(paths.map((path) => path || '/'))];
}

function describeOperation(document: LoadedDocument, operation: Operation): DescribedOperation {
  const { method, path, id, responses, security, procedure } = operation;
  return {
    method,
    path,
    id,
    kind: procedure === undefined ? 'rest' : 'rpc',
    mediaTypes: [...new Set(responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)))],
    statuses: responses.map(({ status }) => status),
    security: security
      .map((all) => (all.length === 0 ? 'no key' : all.map(schemeText).join(' and ')))
      .join(' or '),
    isPaginated: paginationOf(document, operation) !== undefined,
  };
}

function schemeText(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case 'apiKey':
      return `${scheme.name} in ${scheme.in}`;
    case 'bearer':
      return 'bearer token';
    case 'basic':
      return 'basic authentication';
    case 'other':
      return scheme.type;
  }
}

function unservedParts({ root }: LoadedDocument): DocumentProblem[] {
  const webhooks = root['webhooks'];
  if (!isJsonObject(webhooks)) return [];
  return Object.keys(webhooks).map((name) => ({
    pointer: joinPointer('#/webhooks', name),
    reason: 'webhooks are not sent',
  }));
}

function notesOn(document: LoadedDocument, operation: Operation): DocumentProblem[] {
  const { pointer, security, requestBody, responses } = operation;
  const hasCallbacks = valueAt(document.root, `${pointer}/callbacks`) !== undefined;
  const others = security.flat().filter(({ kind }) => kind === 'other');
  return [
    ...pathParameterNotes(document.root, operation),
    ...(hasCallbacks ? [{ pointer: `${pointer}/callbacks`, reason: 'callbacks are not called' }] : []),
    ...others.map((scheme) => ({
      pointer: joinPointer('#/components/securitySchemes', scheme.id),
      reason: `${schemeText(scheme)} is not enforced`,
    })),
    ...(requestBody?.content ?? []).flatMap((content) => wrongExamples(document, content, 'request')),
    ...responses.flatMap(({ content }) => content.flatMap((one) => wrongExamples(document, one, 'response'))),
  ];
}

function wrongExamples(
  document: LoadedDocument,
  { schemaRef, examples, mediaType }: OperationContent,
  direction: 'request' | 'response',
): DocumentProblem[] {
  if (schemaRef === undefined || examples.length === 0 || !/[/+]json$/.test(mediaType)) return [];
  const validate = compileValidator(document, schemaRef, { direction, maxViolations: 1 });
  return examples.flatMap(({ name, value }) => {
    const [violation] = validate(value);
    if (violation === undefined) return [];
    return [{ pointer: schemaRef, reason: `example "${name}" is not of its schema: ${violation.message}` }];
  });
}
