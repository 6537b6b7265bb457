import { ALL_CASES } from '../contract/cases/all-cases.ts';
import { createContractDocument } from '../contract/contract-document.ts';
import { EXIT, type ExitCode } from '../contract/exit-code.ts';
import { type Recording, readRecording } from '../contract/har.ts';
import { exitCodeOfTraffic, judgeTraffic } from '../contract/judge-traffic.ts';
import { applyKnownFailures } from '../contract/known-failures.ts';
import type { ContractReport } from '../contract/outcome.ts';
import { redactReport } from '../contract/redact-report.ts';
import { packagedDocument } from '../contract/run.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { type ContractFlags, loadKnown, readText } from './contract-flags.ts';
import { checkSinks, parseSinks, writeReport } from './contract-sinks.ts';

/**
 * Judges a HAR file and reports what is wrong. Keys, tokens and cookies of its requests and the key of FORMAL_API_KEY
 * appear nowhere, and values are shown as shapes unless asked for: recordings are of real traffic.
 */
export async function verifyRecording(file: string, flags: ContractFlags): Promise<ExitCode> {
  const sinks = parseSinks(flags.reporter);
  await checkSinks(sinks);
  const document = await loadDocument(flags.spec ?? packagedDocument());
  const { procedure, keyHeader } = createContractDocument(document);
  const recording = readRecording(await readText('verify', file), { path: procedure.path, keyHeader });
  if (recording.exchanges.length === 0) {
    process.stderr.write(`formal-mock: ${file} has no request to ${procedure.path}\n`);
    return EXIT.nothingVerified;
  }
  const secrets = [...recording.secrets, process.env['FORMAL_API_KEY'] ?? ''].filter((key) => key !== '');
  const { baseUrl, exchanges } = recording;
  const audience = flags.audience ?? 'any';
  const outcomes = judgeTraffic(exchanges, {
    document,
    audience,
    secrets,
    baseUrl,
    judgesServerErrors: true,
    showValues: flags.showValues === true,
  });
  const report = await createReport(recording, { ...flags, audience, outcomes });
  const [apiKey = '', ...otherKeys] = secrets;
  await writeReport(redactReport(report, { apiKey, otherKeys }), sinks, {
    colour: process.stdout.isTTY === true,
    verbose: flags.verbose === true,
  });
  return report.exitCode;
}

type Judged = ContractFlags & Required<Pick<ContractFlags, 'audience'>> & Pick<ContractReport, 'outcomes'>;

async function createReport(
  { exchanges, baseUrl }: Recording,
  { known, failOn, audience, outcomes }: Judged,
): Promise<ContractReport> {
  const startedAt = new Date().toISOString();
  const marked = applyKnownFailures(outcomes, known === undefined ? [] : await loadKnown(known), {
    audience,
    url: baseUrl,
    today: startedAt.slice(0, 10),
    caseIds: ALL_CASES.map(({ id }) => id),
  });
  return {
    reportVersion: 1,
    target: baseUrl,
    audience,
    startedAt,
    durationMs: 0,
    requests: exchanges.length,
    exitCode: exitCodeOfTraffic(marked, failOn === 'warn'),
    notes: ['judged from a recording: nothing was sent'],
    outcomes: marked,
    facts: {},
  };
}
