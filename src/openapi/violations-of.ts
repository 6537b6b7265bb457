import type { ErrorObject } from 'ajv/dist/2020.js';
import { collapseAlternatives } from './alternatives.ts';
import { joinPointer } from './json-pointer.ts';
import type { Violation } from './violation.ts';
import { violationMessage } from './violation-message.ts';

/** How violations are told. */
export interface ReportOptions {
  readonly subject: string;
  readonly maxViolations: number;
  readonly showsValues: boolean;
  /** The schema behind a name that stands in a `$ref`. */
  readonly referenced: (name: string) => unknown;
}

/** The violations behind the validator's errors: one for each thing wrong, in the order of the value. */
export function violationsOf(errors: readonly ErrorObject[], options: ReportOptions): Violation[] {
  const seen = new Map<string, Violation>();
  const told = collapseAlternatives(errors, options.referenced).filter((error) => !isEcho(error));
  for (const error of told) {
    const violation = toViolation(error, options);
    const key = `${violation.pointer}\n${violation.rule}\n${violation.message}`;
    if (!seen.has(key)) seen.set(key, violation);
    if (seen.size >= options.maxViolations) break;
  }
  return withoutRepeats([...seen.values()]);
}

/** Errors that only repeat that an inner one was found. */
function isEcho({ keyword }: ErrorObject): boolean {
  return keyword === 'if' || keyword === 'propertyNames';
}

function toViolation(error: ErrorObject, options: ReportOptions): Violation {
  const extra = extraStep(error);
  const pointer = extra === undefined ? error.instancePath : joinPointer(error.instancePath, extra);
  return { pointer, rule: error.keyword, message: violationMessage(error, pointer, options) };
}

/** The property an error is about where it is not the one it was found at. */
function extraStep({ keyword, params, propertyName }: ErrorObject): string | undefined {
  const name: unknown =
    keyword === 'required' || keyword === 'dependentRequired'
      ? params['missingProperty']
      : (params['additionalProperty'] ?? params['unevaluatedProperty'] ?? propertyName);
  return typeof name === 'string' ? name : undefined;
}

/** A rule that says again, in other words, what one of these rules at the same place says. */
const REPEATS: Readonly<Record<string, readonly string[]>> = { pattern: ['format'], format: ['type'] };

function withoutRepeats(violations: readonly Violation[]): Violation[] {
  const told = new Set(violations.map(({ rule, pointer }) => `${rule} ${pointer}`));
  return violations.filter(
    ({ rule, pointer }) => !(REPEATS[rule] ?? []).some((other) => told.has(`${other} ${pointer}`)),
  );
}
