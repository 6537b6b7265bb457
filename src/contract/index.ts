export type { Category, ContractCase, DocumentChange, Severity } from './case.ts';
export { EXIT, type ExitCode } from './exit-code.ts';
export type { ContractFacts, ContractProfile } from './facts.ts';
export type { KnownFailure } from './known-failures.ts';
export type { ContractOptions } from './options.ts';
export type { ContractReport, Outcome, OutcomeStatus, ReportedFinding } from './outcome.ts';
export { runContract } from './run.ts';
export type { Audience, TimeWindow } from './run-view.ts';
