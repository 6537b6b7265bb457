import { type Logger, pino } from 'pino';

/** A structured logger: one JSON object a line on stderr, written at once so that nothing is lost at exit. */
export function createStderrLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
