import { rename, rm, stat, writeFile } from 'node:fs/promises';
import type { ContractReport } from '../contract/outcome.ts';
import { formatGithub } from '../contract/report/github.ts';
import { formatJunit } from '../contract/report/junit.ts';
import { formatMarkdown } from '../contract/report/markdown.ts';
import { formatPretty, type PrettyOptions } from '../contract/report/pretty.ts';
import { KitError } from '../errors.ts';

/** The forms a report can be written in. */
export type ReportForm = 'pretty' | 'json' | 'junit' | 'github' | 'markdown';

/** Where a report goes, in which form. */
export interface Sink {
  readonly form: ReportForm;
  /** Absent for standard output. */
  readonly file?: string;
}

const FORMS: Readonly<Record<ReportForm, (report: ContractReport, options: PrettyOptions) => string>> = {
  pretty: formatPretty,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  junit: formatJunit,
  github: formatGithub,
  markdown: formatMarkdown,
};

/** Sinks of `--reporter pretty,json=FILE`; pretty where none is named. Throws KitError ERR_OPTION_INVALID. */
export function parseSinks(texts: readonly string[] | undefined): readonly Sink[] {
  const sinks = (texts ?? ['pretty']).map(parseSink);
  if (sinks.filter(({ file }) => file === undefined).length > 1) {
    throw new KitError('ERR_OPTION_INVALID', {
      option: 'reporter',
      expected: 'at most one reporter without a file',
      value: (texts ?? []).join(','),
    });
  }
  return sinks;
}

function parseSink(text: string): Sink {
  const [form = '', ...rest] = text.split('=');
  const file = rest.join('=');
  if (!isForm(form) || (rest.length > 0 && file === '')) {
    throw new KitError('ERR_OPTION_INVALID', {
      option: 'reporter',
      expected: `${Object.keys(FORMS).join(', ')}, each with =FILE or alone`,
      value: text,
    });
  }
  return { form, ...(file === '' ? {} : { file }) };
}

function isForm(text: string): text is ReportForm {
  return Object.hasOwn(FORMS, text);
}

/** Makes sure before the first request that every sink can be written. Throws KitError ERR_OPTION_INVALID. */
export async function checkSinks(sinks: readonly Sink[]): Promise<void> {
  for (const { file } of sinks) if (file !== undefined) await checkWritable(file);
}

/** Makes sure that a file can be written later, and leaves it as it is. Throws KitError ERR_OPTION_INVALID. */
export async function checkWritable(file: string): Promise<void> {
  try {
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error('it is a directory');
    await writeFile(`${file}.tmp`, '');
    await rm(`${file}.tmp`);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): KitError {
  const details = { option: 'output', expected: 'a file that can be written', value: file };
  return new KitError('ERR_OPTION_INVALID', details, { cause });
}

/** Writes a report into all its sinks; files are complete or absent. */
export async function writeReport(
  report: ContractReport,
  sinks: readonly Sink[],
  options: PrettyOptions,
): Promise<void> {
  for (const { form, file } of sinks) {
    const text = FORMS[form](report, options);
    if (file === undefined) process.stdout.write(text);
    else await writeWhole(file, text);
  }
}

/** Writes a file under another name first, so that nobody ever reads half of it. Throws KitError. */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.tmp`, text);
    await rename(`${file}.tmp`, file);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}
