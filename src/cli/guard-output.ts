import { KitError } from '../errors.ts';
import { outputError } from '../seed/output-error.ts';
import { exitCodeOf } from './exit-code.ts';

/** What has become of standard output. */
export interface OutputGuard {
  /** True for an error that standard output has met itself, so that it has been reported. */
  hasReported(error: unknown): boolean;
}

/**
 * Looks after standard output for every command: a reader that goes away (`| head`) has seen enough and is no failure;
 * anything else that goes wrong is one line on standard error and exit code 74. Standard error has nobody to tell.
 */
export function guardOutput(): OutputGuard {
  let failure: Error | undefined;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ECONNRESET' || failure !== undefined) return;
    failure = error;
    const told = outputError('standard output', error);
    const { code, message } = told instanceof KitError ? told : asOutputError(error);
    process.stderr.write(`formal-mock: ${message}\n`);
    process.exitCode = exitCodeOf(code);
    // What a command has found counts for nothing when nobody could read it.
    process.once('exit', () => {
      process.exitCode = exitCodeOf(code);
    });
  });
  return {
    hasReported: (error) => failure !== undefined && error instanceof KitError && error.cause === failure,
  };
}

function asOutputError(error: Error): KitError {
  return new KitError('ERR_OUTPUT', { target: 'standard output', reason: error.message }, { cause: error });
}
