/** Exit codes of `formal-mock contract`. */
export const EXIT = {
  /** Everything that was judged is right. */
  ok: 0,
  /** The API broke the contract, or a known failure is stale or expired. */
  broken: 1,
  /** The command line or a file it names is wrong. */
  usage: 2,
  /** Nothing that speaks the API answers there. */
  unreachable: 3,
  /** The key is refused. */
  keyRefused: 4,
  /** No case that examines sessions had a session to examine. */
  nothingVerified: 5,
  /** The server's rate limit or the run's own budget ended it. */
  budget: 6,
  /** A bug in the suite. */
  bug: 70,
  /** Stopped by the user. */
  interrupted: 130,
} as const;

/** One of the exit codes of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a run before its plan is done, for a reason that is not the fault of a single case. */
export class RunStopped extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunStopped';
    this.exitCode = exitCode;
  }
}
