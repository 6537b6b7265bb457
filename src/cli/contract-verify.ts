import { createContractDocument } from '../contract/contract-document.ts';
import { EXIT, type ExitCode } from '../contract/exit-code.ts';
import { exchangesFromHar } from '../contract/har.ts';
import { exitCodeOfTraffic, judgeTraffic } from '../contract/judge-traffic.ts';
import { packagedDocument } from '../contract/run.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { type ContractFlags, readText } from './contract-flags.ts';

/** Judges a HAR file and prints what is wrong; values are shown as shapes, for recordings are of real traffic. */
export async function verifyRecording(file: string, flags: ContractFlags): Promise<ExitCode> {
  const document = await loadDocument(flags.spec ?? packagedDocument());
  const { procedure, keyHeader } = createContractDocument(document);
  const exchanges = exchangesFromHar(await readText('verify', file), { path: procedure.path, keyHeader });
  if (exchanges.length === 0) {
    process.stderr.write(`formal-mock: ${file} has no request to ${procedure.path}\n`);
    return EXIT.nothingVerified;
  }
  const outcomes = judgeTraffic(exchanges, { document, showValues: false });
  for (const { id, status, findings } of outcomes) {
    for (const { expected, got, where } of status === 'fail' || status === 'warn' ? findings : []) {
      process.stdout.write(
        `${status.toUpperCase()}  ${id}: expected ${expected}, got ${got}${where === undefined ? '' : ` at ${where}`}\n`,
      );
    }
  }
  const judged = outcomes.filter(({ subjects }) => subjects > 0).length;
  process.stdout.write(`${exchanges.length} exchanges, ${judged} cases with subjects\n`);
  return exitCodeOfTraffic(outcomes);
}
