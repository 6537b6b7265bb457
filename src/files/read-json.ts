import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/**
 * The value of a JSON file, or undefined when there is no such file; a file named `.gz` is unpacked.
 * Throws what reading, unpacking or parsing throws.
 */
export async function readJsonIfPresent(file: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}
