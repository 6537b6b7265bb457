import type { Operation } from '../openapi/operation.ts';

/** The text of `/`: what this is and where to go. */
export function welcomeText(operations: readonly Operation[]): string {
  const lines = operations.map(
    ({ method, path, summary }) => `  ${method.padEnd(6)} ${path}${summary ? `  ${summary}` : ''}`,
  );
  return [
    'formal-mock: a local double of the API below. Not affiliated with Formal.',
    '',
    ...lines,
    '',
    '  GET    /docs  /health  /ready  /openapi.yaml',
    '',
  ].join('\n');
}
