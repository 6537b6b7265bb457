import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { outputError } from './output-error.ts';
import { writeFileWhole } from './part-file.ts';
import { wholeChunk } from './seed-encoder.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'formal-mock-part-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

it('a file has rows, bytes and the sha256 that other tools compute', async () => {
  const path = join(folder(), 'a');
  const chunks = [wholeChunk(Buffer.from('ab'), 1, 1), wholeChunk(Buffer.from('c'), 2, 3)];
  expect(await writeFileWhole(path, { chunks })).toEqual({
    rows: 3,
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
  expect(readFileSync(path, 'utf8')).toBe('abc');
});

it('a failure in the middle leaves the old file and nothing else', async () => {
  const directory = folder();
  const path = join(directory, 'a');
  writeFileSync(path, 'old');
  function* failing() {
    yield wholeChunk(Buffer.from('new'), 1, 1);
    throw new Error('broken');
  }
  await expect(writeFileWhole(path, { chunks: failing() })).rejects.toThrow('broken');
  expect(readdirSync(directory)).toEqual(['a']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

it.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['EDQUOT', 'the disk quota is used up'],
])('%s is said in words', (code, reason) => {
  const error = Object.assign(new Error('write'), { code, syscall: 'write' });
  expect(outputError('demo.csv', error)).toMatchObject({
    code: 'ERR_OUTPUT',
    message: `cannot write demo.csv: ${reason}`,
  });
});

it('an error that is not of the file system is passed on', () => {
  const error = new TypeError('bug');
  expect(outputError('demo.csv', error)).toBe(error);
});
