import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { packageFile } from './package-files.ts';

/** Types that the package's entries name, as package.json lists them. */
interface PackageEntries {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

const DECLARATION = /\.d\.ts$/;
const RELATIVE_IMPORT = /(?:from|import\()\s*['"](\.[^'"]+)['"]/g;

/**
 * Takes away the declarations in `dist` that no entry of the package leads to: nobody can import what they describe,
 * and they are a tenth of what would be installed. Called by the build.
 */
export async function removePrivateDeclarations(): Promise<void> {
  const manifest: PackageEntries = JSON.parse(await readFile(packageFile('package.json'), 'utf8'));
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [packageFile(entry.types)],
  );
  const reached = await reachedFrom(entries);
  const folder = packageFile('dist');
  const found = (await readdir(folder, { recursive: true })).filter((file) => DECLARATION.test(file));
  const isPrivate = (file: string): boolean =>
    !file.startsWith(`cli${sep}`) && !reached.has(join(folder, file));
  await Promise.all(found.filter(isPrivate).map((file) => rm(join(folder, file))));
}

async function reachedFrom(entries: readonly string[]): Promise<ReadonlySet<string>> {
  const reached = new Set(entries.map((entry) => join(entry)));
  // A set goes on with what is added while it is gone through.
  for (const file of reached) {
    const text = await readFile(file, 'utf8');
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      reached.add(join(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts')));
    }
  }
  return reached;
}
