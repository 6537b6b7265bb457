import { fileURLToPath } from 'node:url';

/** Absolute path of a file that ships with the package, e.g. `openapi.yaml` or `fixtures/scenarios/startup.json`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
