import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_CASES } from './contract/cases/all-cases.ts';
import { EXIT } from './contract/exit-code.ts';
import type { ContractOptions } from './contract/options.ts';
import type { ContractReport, Outcome } from './contract/outcome.ts';
import { packagedDocument, runContract } from './contract/run.ts';
import { contractProblems } from './contract/satisfy-contract.ts';
import { loadDocument } from './openapi/load-document.ts';

/** A server to judge, and how to stop it. */
export interface ContractServer {
  /** Base URL. */
  readonly url: string;
  /** Key under test. Default: the mock's default key. */
  readonly apiKey?: string;
  /** Called when all cases are done. */
  stop?(): Promise<void> | void;
}

/** What to judge and how. Options of {@link ContractOptions} apply; `audience` is `mock` unless given. */
export interface DescribeContractOptions extends Omit<ContractOptions, 'url' | 'apiKey'> {
  /** Starts the server before the first case. */
  readonly start: () => Promise<ContractServer>;
  /** True: a server without sessions, on which nothing can be verified, is no failure. Default false. */
  readonly allowsNothingVerified?: boolean;
}

const DEFAULT_KEY = 'formal-mock-key';
const GOOD: readonly Outcome['status'][] = ['pass', 'info', 'skip', 'known', 'warn'];
const document = await loadDocument(packagedDocument());

/**
 * Registers one test for each case id below `contract of NAME`, so that `-t pagination/union` and editors work.
 * The suite runs once, before the first of them. Cases without a subject are skipped; where no case had one, the last
 * test, `the run is completed`, fails.
 */
export function describeContract(
  name: string,
  { start, allowsNothingVerified = false, ...options }: DescribeContractOptions,
): void {
  describe(`contract of ${name}`, () => {
    let server: ContractServer | undefined;
    let report: ContractReport | undefined;
    beforeAll(async () => {
      server = await start();
      const { url, apiKey = DEFAULT_KEY } = server;
      report = await runContract({ audience: 'mock', document, ...options, url, apiKey });
    });
    afterAll(() => server?.stop?.());

    test.for(ALL_CASES.map(({ id }) => id))('%s', (id, { skip }) => {
      const outcome = report?.outcomes.find((candidate) => candidate.id === id);
      if (outcome === undefined || outcome.status === 'skip') return skip(outcome?.reason ?? 'not selected');
      expect(GOOD.includes(outcome.status), describeOutcome(outcome)).toBe(true);
    });
    test('the run is completed', () => {
      expect(report?.stopped).toBeUndefined();
      if (allowsNothingVerified) return;
      expect(report?.exitCode, 'nothing was verified: the server has no session to examine').not.toBe(
        EXIT.nothingVerified,
      );
    });
  });
}

function describeOutcome({ title, findings, reason, advice }: Outcome): string {
  const lines = findings.map(({ expected, got, where, curl }) =>
    [`expected ${expected}, got ${got}${where === undefined ? '' : ` at ${where}`}`, curl ?? ''].join('\n'),
  );
  return [title, ...lines, reason ?? '', advice].filter((line) => line !== '').join('\n');
}

/** What a matcher gives Vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A matcher for tests of your own server: `expect.extend({ toSatisfyContract })`, then
 * `expect(response).toSatisfyContract('ListSessionsV2')`. Takes a supertest response, or
 * `{ status, headers, text }` of any other library.
 */
export function toSatisfyContract(response: unknown, operation: 'ListSessionsV2'): MatcherResult {
  const problems = contractProblems(response, { operation, document });
  return {
    pass: problems.length === 0,
    message: () =>
      problems.length === 0
        ? `expected the response to break the contract of ${operation}`
        : `the response breaks the contract of ${operation}:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  };
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that is merged has this default
  interface Matchers<T = any> {
    /** The response, page or error, is what the document and proto3 JSON say. */
    toSatisfyContract(operation: 'ListSessionsV2'): T;
  }
}
