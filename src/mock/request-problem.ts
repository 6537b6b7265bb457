import { ConnectError } from '../connect/connect-error.ts';
import type { OperationParameter } from '../openapi/operation.ts';

/** One thing wrong with a request. */
export interface RequestProblem {
  /** The part of the request it is in. */
  readonly in: OperationParameter['in'] | 'body';
  /** Where in that part: the name of a parameter and the steps into it, or the steps into the body. */
  readonly steps: readonly string[];
  /** What is wrong, for people. */
  readonly message: string;
}

/** A request that does not fit its document: `invalid_argument`, with everything that is wrong. */
export class RequestProblemsError extends ConnectError {
  readonly problems: readonly RequestProblem[];

  constructor(problems: readonly RequestProblem[]) {
    super('invalid_argument', problems.map(({ message }) => message).join('; '));
    this.problems = problems;
  }
}

/** A place as messages name it: `items[0].price`. */
export function placeText(steps: readonly string[]): string {
  return steps.reduce((text, step) => {
    if (/^\d+$/.test(step) && text !== '') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
