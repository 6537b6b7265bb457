import type { Procedure } from '../connect/procedure.ts';
import { KitError } from '../errors.ts';
import { compileValidator, type Validator } from '../openapi/compile-validator.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation } from '../openapi/operation.ts';
import { operationsOf } from '../openapi/operations.ts';
import { keywordOf, propertiesOf, schemaAt } from '../openapi/schema-view.ts';

/** The document as the judge reads it: one procedure, its schemas, its key, its bounds. */
export interface ContractDocument {
  readonly loaded: LoadedDocument;
  /** The RPC under test. */
  readonly procedure: Procedure;
  /** Header that carries the key, as the document spells it. */
  readonly keyHeader: string;
  /** Largest legal `limit`; absent where the document sets none. */
  readonly maxLimit?: number;
  /** Pointers of the schemas of a page and of an error. */
  readonly pageSchema: string;
  readonly errorSchema: string;
  /** Statuses the document names, `default` aside. */
  readonly statuses: ReadonlySet<number>;
  /** Checks a page and an error body. Messages carry shapes, never values: sessions are personal data. */
  readonly validatePage: Validator;
  readonly validateError: Validator;
}

/**
 * Reads what the judge needs from a document. Throws KitError ERR_DOCUMENT_INVALID where it does not describe
 * ListSessionsV2 (or, failing that name, one RPC) with JSON bodies.
 */
export function createContractDocument(loaded: LoadedDocument): ContractDocument {
  const operation = findOperation(loaded);
  const { procedure } = operation;
  if (procedure === undefined) throw unusable(loaded, 'the operation is not an RPC of its x-proto-package');
  const pageSchema = jsonSchemaOf(loaded, operation, '200');
  const errorSchema = jsonSchemaOf(loaded, operation, '400');
  const maxLimit = limitMaximum(loaded, operation);
  return {
    loaded,
    procedure,
    keyHeader: keyHeaderOf(operation),
    ...(maxLimit === undefined ? {} : { maxLimit }),
    pageSchema,
    errorSchema,
    statuses: new Set(operation.responses.map(({ status }) => Number(status)).filter(Number.isInteger)),
    validatePage: compileValidator(loaded, pageSchema, { subject: 'page', showsValues: false }),
    validateError: compileValidator(loaded, errorSchema, { subject: 'error', showsValues: false }),
  };
}

function findOperation(loaded: LoadedDocument): Operation {
  const calls = operationsOf(loaded).filter(
    ({ method, procedure }) => method === 'POST' && procedure !== undefined,
  );
  const operation = calls.find(({ id }) => id === 'ListSessionsV2') ?? calls[0];
  if (operation === undefined) throw unusable(loaded, 'it has no POST operation of its x-proto-package');
  return operation;
}

function jsonSchemaOf(loaded: LoadedDocument, operation: Operation, status: string): string {
  const response = operation.responses.find((candidate) => candidate.status === status);
  const ref = response?.content.find(({ mediaType }) => mediaType === 'application/json')?.schemaRef;
  if (ref === undefined) throw unusable(loaded, `${operation.id} has no JSON schema for status ${status}`);
  return ref;
}

function limitMaximum(loaded: LoadedDocument, operation: Operation): number | undefined {
  const content = operation.requestBody?.content.find(({ mediaType }) => mediaType === 'application/json');
  if (content?.schemaRef === undefined) return undefined;
  const limit = propertiesOf(loaded.root, schemaAt(loaded.root, content.schemaRef)).find(
    ({ name }) => name === 'limit',
  );
  return limit === undefined ? undefined : keywordOf(loaded.root, limit, 'maximum');
}

function keyHeaderOf(operation: Operation): string {
  const keys = operation.security
    .flat()
    .filter((scheme) => scheme.kind === 'apiKey' && scheme.in === 'header');
  const scheme = keys[0];
  return scheme?.kind === 'apiKey' ? scheme.name : 'X-API-KEY';
}

function unusable({ file }: LoadedDocument, reason: string): KitError {
  return new KitError('ERR_DOCUMENT_INVALID', { file, position: '', reason });
}
