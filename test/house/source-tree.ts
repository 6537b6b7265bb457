import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the project, as the house rules look at it. */
export interface SourceFile {
  /** Path below `src/` (or below the folder that was read), with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A text file of the project, by its path from the project's folder. */
export function readProjectFile(path: string): string {
  return readFileSync(join(PROJECT, path), 'utf8');
}

/** Every `.ts` file below a folder of the project, in a stable order. */
export function readSources(folder: string): SourceFile[] {
  const top = join(PROJECT, folder);
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: relative(top, file).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8'),
    }));
}

/** True for a test, which lives beside the file it tests. */
export function isTest(file: SourceFile): boolean {
  return file.path.endsWith('.test.ts');
}

/** True for a file a generator wrote. */
export function isGenerated(file: SourceFile): boolean {
  return file.path.endsWith('.gen.ts');
}
