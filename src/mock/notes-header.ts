import type { Page } from '../sessions/page.ts';

const MAX_HEADER_CHARACTERS = 4_000;

/** `X-Mock-Notes: unknown_field=…; dialect=…`, in characters every HTTP stack takes; no header without warnings. */
export function notesHeader(warnings: Page['warnings']): Readonly<Record<string, string>> {
  if (warnings.length === 0) return {};
  const notes = warnings.map(({ code, message }) => `${code}=${encodeText(message)}`).join('; ');
  return { 'X-Mock-Notes': notes.slice(0, MAX_HEADER_CHARACTERS) };
}

/** Percent-encodes what is not printable ASCII, and the two characters that part notes. */
function encodeText(text: string): string {
  return text.replace(/[^ -~]+|[%;]/gu, (run) => Buffer.from(run).toString('hex').replace(/../g, '%$&'));
}
