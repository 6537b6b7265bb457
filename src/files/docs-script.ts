import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageFile } from './package-files.ts';

/** Compressed: a quarter of the size for everybody who installs the package. */
const SCRIPT = 'dist/docs/rapidoc.js.gz';

/** The script of the page `/docs` as gzip; undefined where the package was not built. */
export async function loadDocsScript(): Promise<Uint8Array | undefined> {
  try {
    return await readFile(packageFile(SCRIPT));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts RapiDoc's script with its licence where {@link loadDocsScript} looks, so that users install it with the package. A build step. */
export async function writeDocsScript(): Promise<void> {
  const folder = packageFile('node_modules/rapidoc');
  const [script, licence, notices] = await Promise.all([
    readFile(join(folder, 'dist/rapidoc-min.js'), 'utf8'),
    readFile(join(folder, 'LICENSE.txt'), 'utf8'),
    readFile(join(folder, 'dist/rapidoc-min.js.LICENSE.txt'), 'utf8'),
  ]);
  const head = `/*!\nRapiDoc\n\n${licence.trim()}\n*/\n${notices.trim()}\n`;
  await mkdir(dirname(packageFile(SCRIPT)), { recursive: true });
  await writeFile(packageFile(SCRIPT), gzipSync(head + script, { level: 9 }));
}
