/** A request's body for a shell: the flag of curl that sends it, and what is piped into curl. */
export interface ShellBody {
  readonly flag: string;
  readonly pipe?: string;
}

const PIPED = '--data-binary @-';
const LONGEST_TEXT = 2000;
const LONGEST_BASE64 = 16 * 1024;

/**
 * A body as text where it is a short one; as base64 where it is not text; and where it is long because one character is
 * repeated, as the commands that make it. Anything else that is long is left out, and the line says so.
 */
export function bodyInShell(body: Uint8Array): ShellBody {
  const bytes = Buffer.from(body);
  if (isPlainText(bytes) && bytes.length <= LONGEST_TEXT)
    return { flag: `--data-raw ${singleQuoted(bytes.toString('utf8'))}` };
  const run = longestRun(bytes);
  const before = bytes.subarray(0, run.start);
  const after = bytes.subarray(run.start + run.length);
  const isRepetition = before.length + after.length <= LONGEST_TEXT && bytes.length > LONGEST_TEXT;
  if (isRepetition && [before, after, bytes.subarray(run.start, run.start + 1)].every(isPlainText)) {
    return { flag: PIPED, pipe: repetition(before, after, { ...run, letter: bytes[run.start] ?? 0 }) };
  }
  if (bytes.length <= LONGEST_BASE64)
    return { flag: PIPED, pipe: `printf %s ${bytes.toString('base64')} | base64 -d` };
  return { flag: `--data-raw '(its ${bytes.length} bytes are left out)'` };
}

interface Run {
  readonly start: number;
  readonly length: number;
}

function repetition(before: Buffer, after: Buffer, run: Run & { readonly letter: number }): string {
  const zeros = `head -c ${run.length} /dev/zero | tr '\\0' ${singleQuoted(String.fromCharCode(run.letter))}`;
  const parts = [...printed(before), zeros, ...printed(after)];
  return parts.length === 1 ? zeros : `{ ${parts.join('; ')}; }`;
}

function printed(text: Buffer): readonly string[] {
  return text.length === 0 ? [] : [`printf %s ${singleQuoted(text.toString('utf8'))}`];
}

/** The longest run of one byte. */
function longestRun(bytes: Uint8Array): Run {
  let best: Run = { start: 0, length: 0 };
  let start = 0;
  for (let at = 1; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] === bytes[start]) continue;
    if (at - start > best.length) best = { start, length: at - start };
    start = at;
  }
  return best;
}

/** A text as a POSIX shell reads it back unchanged. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

function isPlainText(bytes: Buffer): boolean {
  return bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8')) && !bytes.includes(0);
}
