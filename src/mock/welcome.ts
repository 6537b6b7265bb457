import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { operationsOf } from '../openapi/operations.ts';

/** The text of `/`: what this is and where to go. */
export function welcomeText(documents: readonly LoadedDocument[]): string {
  const operations = documents.flatMap((document) => operationsOf(document));
  const lines = operations.map(
    ({ method, path, summary }) => `  ${method.padEnd(6)} ${path}${summary ? `  ${summary}` : ''}`,
  );
  return [
    'formal-mock: a local double of the API below. Not affiliated with Formal.',
    '',
    ...lines,
    '',
    '  GET    /health  /ready  /openapi.yaml',
    '',
  ].join('\n');
}
