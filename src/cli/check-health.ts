import { get } from 'node:http';

const TIMEOUT_MS = 2000;
const DEFAULT_PORT = 4010;
const MAX_PORT = 65_535;

/**
 * Asks the mock on this machine whether it is well; what a container's health check runs.
 * `env` names the port: `FORMAL_MOCK_PORT`, else `PORT`, else 4010. Gives 0 when `GET /health`
 * answered 200 within 2 seconds and 1 otherwise; never throws.
 */
export function checkHealth(env: Readonly<Record<string, string | undefined>>): Promise<0 | 1> {
  const port = Number(env['FORMAL_MOCK_PORT'] || env['PORT'] || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) return Promise.resolve(1);
  return new Promise((resolve) => {
    const fail = (): void => resolve(1);
    const request = get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? 0 : 1);
    });
    request.on('error', fail);
    // A whole deadline: a server that trickles bytes keeps a socket timeout from firing.
    const deadline = setTimeout(() => request.destroy(new Error('timeout')), TIMEOUT_MS);
    request.on('close', () => clearTimeout(deadline));
  });
}
