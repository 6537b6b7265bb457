import { createMock, type Mock } from '../mock/create-mock.ts';
import type { MockOptions } from '../mock/mock-options.ts';
import { resolveMockOptions } from '../mock/resolve-options.ts';
import { formatBanner } from './banner.ts';
import { createStderrLogger } from './stderr-logger.ts';
import { keepYoungGenerationSmall } from './young-generation.ts';

/** How the command talks. */
export interface ServeOutput {
  /** True prints the first line of stdout as JSON and nothing else there. */
  readonly isJson: boolean;
}

/**
 * Runs the mock until SIGTERM or SIGINT; answers under way are finished first.
 * Throws KitError when it cannot start.
 */
export async function serve(options: MockOptions, output: ServeOutput): Promise<void> {
  keepYoungGenerationSmall();
  const logger = createStderrLogger(options.logLevel ?? 'info');
  const mock = await createMock(options, { logger });
  const { url, port, tlsUrl } = await mock.start();
  const resolved = resolveMockOptions(options);
  if (output.isJson) process.stdout.write(`${JSON.stringify({ event: 'listening', url, port, tlsUrl })}\n`);
  else {
    const facts = {
      url,
      tlsUrl,
      options: resolved,
      worldSize: mock.worldSize(),
      operations: mock.operations(),
    };
    process.stdout.write(formatBanner(facts));
  }
  await stopOnSignal(mock);
}

function stopOnSignal(mock: Mock): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      mock.stop().then(resolve, reject);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}
