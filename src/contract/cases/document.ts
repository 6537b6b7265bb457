import { compileValidator } from '../../openapi/compile-validator.ts';
import { operationsOf } from '../../openapi/operations.ts';
import { schemaPointer } from '../../openapi/schema-view.ts';
import { type ContractCase, defineCase, type Finding, type Verdict } from '../case.ts';
import type { ContractDocument } from '../contract-document.ts';
import { groupFindings } from '../pages.ts';
import type { RunView } from '../run-view.ts';
import { schemaExamples } from '../schema-examples.ts';

interface DocumentExample {
  readonly where: string;
  readonly schemaRef: string;
  readonly direction: 'request' | 'response';
  readonly value: unknown;
}

function examplesOf({ loaded }: ContractDocument): DocumentExample[] {
  return operationsOf(loaded).flatMap((operation) => {
    const requests = operation.requestBody?.content ?? [];
    const answers = operation.responses.flatMap(({ content }) => content);
    const collect = (content: typeof requests, direction: DocumentExample['direction']): DocumentExample[] =>
      content.flatMap(({ schemaRef, examples }) =>
        schemaRef === undefined
          ? []
          : examples.map(({ name, value }) => ({
              where: `${operation.pointer} example ${name}`,
              schemaRef,
              direction,
              value,
            })),
      );
    return [...collect(requests, 'request'), ...collect(answers, 'response')];
  });
}

/** Examples beside the keywords of every schema that a request or an answer leads to. */
function examplesInSchemas({ loaded }: ContractDocument): DocumentExample[] {
  const collect = (direction: DocumentExample['direction']): DocumentExample[] => {
    const refs = operationsOf(loaded).flatMap(({ requestBody, responses }) =>
      (direction === 'request' ? (requestBody?.content ?? []) : responses.flatMap(({ content }) => content))
        .map(({ schemaRef }) => schemaRef)
        .filter((ref) => ref !== undefined),
    );
    return schemaExamples(loaded, refs).map((example) => ({ ...example, direction }));
  };
  return [...collect('request'), ...collect('response')];
}

function judgeExamples(view: RunView): Verdict {
  const { document } = view.settings;
  const examples = [...examplesOf(document), ...examplesInSchemas(document)];
  const findings = examples.flatMap(({ where, schemaRef, direction, value }): Finding[] =>
    compileValidator(document.loaded, schemaRef, { direction })(value).map(({ message }) => ({
      expected: 'an example its schema accepts',
      got: message,
      where,
    })),
  );
  return { subjects: examples.length, findings: groupFindings(findings) };
}

/** Pages that every right document refuses. */
const BAD_PAGES: readonly (readonly [name: string, page: unknown])[] = [
  ['an ISO 8601 duration', { sessions: [{ id: 'a', duration: 'PT3S' }] }],
  ['an offset instead of Z', { sessions: [{ startTime: '2026-01-15T09:00:00+00:00' }] }],
  ['a time as a number', { sessions: [{ startTime: 1_768_468_323 }] }],
  ['a list instead of a message', { listMetadata: [] }],
  ['null sessions', { sessions: null }],
  ['groups as a text', { sessions: [{ user: { formal: { user: { groups: 'a' } } } }] }],
  ['a host name as an address', { sessions: [{ network: { clientIpAddress: 'host.test' } }] }],
];

/** Errors that every right document refuses. */
const BAD_ERRORS: readonly (readonly [name: string, error: unknown])[] = [
  ['a code outside Connect', { code: 'invalid_request' }],
  ['no code', { message: 'x' }],
  ['details as an object', { code: 'internal', details: {} }],
];

function judgeBadExamples(view: RunView): Verdict {
  const { document } = view.settings;
  const accepted = [
    ...BAD_PAGES.filter(([, page]) => document.validatePage(page).length === 0),
    ...BAD_ERRORS.filter(([, error]) => document.validateError(error).length === 0),
  ];
  const limits = badLimits(document);
  const findings = [...accepted.map(([name]) => name), ...limits.accepted].map((name) => ({
    expected: 'a bad example to be refused',
    got: `accepts ${name}`,
    where: document.pageSchema,
  }));
  return { subjects: BAD_PAGES.length + BAD_ERRORS.length + limits.tried, findings };
}

function badLimits({ loaded, maxLimit }: ContractDocument): {
  readonly tried: number;
  readonly accepted: readonly string[];
} {
  const validate = compileValidator(loaded, schemaPointer('ListSessionsV2Request'), { direction: 'request' });
  const bad = [
    { limit: -1 },
    { limit: 1.5 },
    { limit: {} },
    { query: 5 },
    ...(maxLimit === undefined ? [] : [{ limit: maxLimit + 1 }]),
  ];
  return {
    tried: bad.length,
    accepted: bad.filter((value) => validate(value).length === 0).map((value) => JSON.stringify(value)),
  };
}

/**
 * The document that everything else is judged by. It was checked as a whole when it was loaded. What contradicts itself
 * or accepts everything judges nothing, so it fails a run as a broken page does.
 */
export const DOCUMENT_CASES: readonly ContractCase[] = [
  defineCase('schema/document-examples', {
    title: 'The document accepts its own examples, those beside its schemas included',
    basis: [
      '#/openapi',
      '#/components/responses/*/content/*/examples/**',
      '#/components/responses/*/content/*/schema/**',
      '#/paths/*/post/requestBody/content/**',
      '#/components/schemas/buf.validate.*/**',
    ],
    probes: [],
    advice: 'An example and its schema disagree; the document was edited in one place only.',
    judge: judgeExamples,
  }),
  defineCase('schema/document-refuses', {
    title: 'The document refuses bad pages, errors and requests',
    basis: [
      '#/openapi',
      '#/components/schemas/ConnectError/**',
      '#/components/schemas/ListSessionsV2Request/properties/*/type',
    ],
    probes: [],
    advice: 'A schema that accepts everything judges nothing.',
    judge: judgeBadExamples,
  }),
];
