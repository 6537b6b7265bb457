import { Command } from 'commander';
import { KitError } from '../errors.ts';
import { clashOf } from '../mock/served-documents.ts';
import { type DescribedOperation, describeDocument } from '../openapi/describe-document.ts';
import { type DocumentProblem, type DocumentSource, locate } from '../openapi/document-source.ts';
import { generationProblems } from '../openapi/generation-problems.ts';
import { inspectFile } from '../openapi/load-document.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { operationsOf } from '../openapi/operations.ts';

const EXAMPLES = `
Lists what serve would answer from each document, how it asks for keys, and what it does not understand.

Examples:
  formal-mock spec check openapi.yaml
  formal-mock spec check users.yaml policies.json --json

Exit codes: 0 when every document can be served, 2 when one cannot.`;

/** The command `formal-mock spec check FILE...`. */
export function createSpecCommand(): Command {
  const check = new Command('check')
    .description('list what documents would make the mock serve, and what is wrong with them')
    .argument('<files...>', 'OpenAPI documents, YAML or JSON')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action(async (files: readonly string[], { json }: { readonly json?: boolean }) => {
      const reports = await checkDocuments(files);
      process.stdout.write(
        json === true ? `${JSON.stringify({ documents: reports })}\n` : formatReports(reports),
      );
      if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = 2;
    });
  return new Command('spec').description('look at OpenAPI documents').exitOverride().addCommand(check);
}

interface Problem extends DocumentProblem {
  /** Absent where a file cannot be read at all: the reason says where. */
  readonly line?: number;
  readonly column?: number;
}

interface Report {
  readonly file: string;
  /** Below which the operations answer. */
  readonly basePaths: readonly string[];
  readonly operations: readonly DescribedOperation[];
  /** What keeps the mock from serving it. */
  readonly problems: readonly Problem[];
  /** What is not done, and examples that are wrong. */
  readonly notes: readonly Problem[];
}

const EMPTY = { basePaths: [], operations: [], notes: [] } as const;

interface Checked {
  readonly report: Report;
  readonly document?: LoadedDocument;
}

async function checkDocuments(files: readonly string[]): Promise<readonly Report[]> {
  const checked = await Promise.all(files.map(checkDocument));
  const documents = checked.flatMap(({ document }) => document ?? []);
  const clash = clashOf(documents.map((document) => ({ document, operations: operationsOf(document) })));
  return checked.map(({ report, document }) => {
    if (clash === undefined || clash.document !== document) return report;
    return { ...report, problems: [...report.problems, placed(document, clash.problem)] };
  });
}

async function checkDocument(file: string): Promise<Checked> {
  try {
    const { document, problems, source } = await inspectFile(file);
    if (document !== undefined) return { document, report: describe(document) };
    const placedProblems = problems.map((problem) => placed(source, problem));
    return { report: { ...EMPTY, file, problems: placedProblems } };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    const problems = [{ pointer: '#', reason: error.message }];
    return { report: { ...EMPTY, file, problems } };
  }
}

function describe(document: LoadedDocument): Report {
  const { basePaths, operations, notes } = describeDocument(document);
  const problems = generationProblems(document, operationsOf(document));
  const isProblem = ({ pointer, reason }: DocumentProblem): boolean =>
    problems.some((problem) => problem.pointer === pointer && problem.reason === reason);
  return {
    file: document.file,
    basePaths,
    operations,
    problems: problems.map((problem) => placed(document, problem)),
    notes: notes.filter((note) => !isProblem(note)).map((note) => placed(document, note)),
  };
}

function placed(source: DocumentSource, problem: DocumentProblem): Problem {
  return { ...problem, ...locate(source, problem.pointer) };
}

function formatReports(reports: readonly Report[]): string {
  return reports.map(formatReport).join('\n');
}

function formatReport({ file, basePaths, operations, problems, notes }: Report): string {
  const widths = [0, 0].map((_, column) =>
    Math.max(0, ...operations.map(({ method, path }) => (column === 0 ? method : path).length)),
  );
  const lines = operations.map(({ method, path, kind, statuses, security, isPaginated }) =>
    [
      ` ${method.padEnd(widths[0] ?? 0)}`,
      path.padEnd(widths[1] ?? 0),
      kind,
      statuses.join(' '),
      security === '' ? 'no key' : security,
      ...(isPaginated ? ['pages'] : []),
    ].join('  '),
  );
  return [
    `${file}: ${operations.length === 1 ? '1 operation' : `${operations.length} operations`}`,
    ...(basePaths.some((path) => path !== '/') ? [` below ${basePaths.join(', ')}`] : []),
    ...lines,
    ...section('Errors', file, problems),
    ...section('Not done or doubtful', file, notes),
    '',
  ].join('\n');
}

function section(title: string, file: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(({ line, column, pointer, reason }) =>
    line === undefined ? `  ${reason}` : `  ${file}:${line}:${column} ${pointer}: ${reason}`,
  );
  return [`${title}:`, ...lines];
}
