import { Command } from 'commander';
import { ALL_CASES } from '../contract/cases/all-cases.ts';
import { EXIT } from '../contract/exit-code.ts';
import { LEARNING_CASES } from '../contract/learning-cases.ts';
import { resolveContractOptions } from '../contract/options.ts';
import { ALL_PROBES } from '../contract/probes/all-probes.ts';
import { profileFromReport } from '../contract/profile.ts';
import { formatCaseList, formatExplanation, formatPlan } from '../contract/report/explain.ts';
import { planRun } from '../contract/run.ts';
import { diffTargets } from './contract-diff.ts';
import {
  addJudgingFlags,
  addReportFlags,
  addRunFlags,
  addSelectionFlags,
  type ContractFlags,
} from './contract-flags.ts';
import { judgeTarget } from './contract-run.ts';
import { checkSinks, checkWritable, parseSinks, writeReport, writeWhole } from './contract-sinks.ts';
import { locateTarget } from './contract-target.ts';
import { verifyRecording } from './contract-verify.ts';

const HELP = `
Examples:
  formal-mock contract --target mock                      judge the mock, without credentials
  FORMAL_API_KEY=… formal-mock contract --target live     judge the live service: 2 requests a second, at most 90
  formal-mock contract --target http://localhost:8080     judge a server of yours
  formal-mock contract explain pagination/walk-ends       what a case means

Exit codes: 0 ok · 1 contract broken · 2 usage · 3 unreachable · 4 key refused · 5 nothing verified ·
6 rate or budget · 70 bug in the suite · 130 interrupted`;

/** The command `formal-mock contract` with run, list, explain, plan, diff, learn and verify. */
export function createContractCommand(): Command {
  const command = new Command('contract')
    .description('judge a server that claims to speak ListSessionsV2')
    .addHelpText('after', HELP);
  for (const part of [
    createRun(),
    createList(),
    createExplain(),
    createPlanCommand(),
    createDiff(),
    createLearn(),
    createVerify(),
  ]) {
    command.addCommand(part.exitOverride(), { isDefault: part.name() === 'run' });
  }
  return command.exitOverride();
}

function createRun(): Command {
  const command = new Command('run')
    .description('judge a server (the default)')
    .requiredOption('--target <TARGET>', 'mock, live, or a base URL');
  return addReportFlags(addRunFlags(addSelectionFlags(command))).action(async (flags: ContractFlags) => {
    const sinks = parseSinks(flags.reporter);
    await checkSinks(sinks);
    const report = await judgeTarget(flags.target ?? 'mock', { flags });
    await writeReport(report, sinks, {
      colour: process.stdout.isTTY === true,
      verbose: flags.verbose === true,
    });
    process.exitCode = report.exitCode;
  });
}

function createList(): Command {
  return new Command('list')
    .description('list the cases with their severities for mock/any/live')
    .action(() => {
      process.stdout.write(formatCaseList(ALL_CASES));
    });
}

function createExplain(): Command {
  return new Command('explain')
    .description('say what a case checks, why, and what to do when it fails')
    .argument('<ID>', 'case id')
    .action((id: string) => {
      const subject = ALL_CASES.find((candidate) => candidate.id === id);
      if (subject === undefined) {
        process.stderr.write(`formal-mock: there is no case ${id}; see formal-mock contract list\n`);
        process.exitCode = EXIT.usage;
        return;
      }
      process.stdout.write(formatExplanation(subject, ALL_PROBES));
    });
}

function createPlanCommand(): Command {
  const command = new Command('plan')
    .description('say what would be sent, and send nothing')
    .option('--target <TARGET>', 'mock, live, or a base URL', 'mock');
  return addSelectionFlags(command).action((flags: ContractFlags) => {
    const { url = 'http://localhost', ...located } = locateTarget(flags.target ?? 'mock', flags, process.env);
    const { only = [], skip = [], smoke = false, deep = false } = flags;
    const resolved = resolveContractOptions({
      ...located,
      url,
      apiKey: 'not sent',
      only,
      skip,
      smoke,
      deep,
    });
    process.stdout.write(formatPlan(planRun(resolved), resolved));
  });
}

function createDiff(): Command {
  const command = new Command('diff')
    .description(
      'ask two servers the same and say where they differ; exit 1 where they do. Keys: FORMAL_API_KEY, FORMAL_API_KEY_RIGHT',
    )
    .argument('<LEFT>', 'mock, live, or a base URL')
    .argument('<RIGHT>', 'mock, live, or a base URL');
  return addRunFlags(addSelectionFlags(command)).action(
    async (left: string, right: string, flags: ContractFlags) => {
      process.exitCode = await diffTargets([left, right], flags);
    },
  );
}

function createLearn(): Command {
  const command = new Command('learn')
    .description('observe what nobody documents and write it into a profile')
    .argument('<TARGET>', 'mock, live, or a base URL')
    .option('-o, --output <FILE>', 'file of the profile (default: standard output)');
  return addRunFlags(addSelectionFlags(command)).action(
    async (target: string, flags: ContractFlags & { readonly output?: string }) => {
      if (flags.output !== undefined) await checkWritable(flags.output);
      const report = await judgeTarget(target, { flags: { only: LEARNING_CASES, ...flags, deep: true } });
      if (report.stopped !== undefined) {
        process.stderr.write(`formal-mock: ${report.stopped}\n`);
        process.exitCode = report.exitCode;
        return;
      }
      const text = `${JSON.stringify(profileFromReport(report), undefined, 2)}\n`;
      if (flags.output === undefined) process.stdout.write(text);
      else await writeWhole(flags.output, text);
    },
  );
}

function createVerify(): Command {
  const command = new Command('verify')
    .description('judge recorded traffic; nothing is sent')
    .argument('<FILE>', 'HAR file');
  return addReportFlags(addJudgingFlags(command)).action(async (file: string, flags: ContractFlags) => {
    process.exitCode = await verifyRecording(file, flags);
  });
}
