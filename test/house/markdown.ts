/** One fenced block of a Markdown page. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** One-based line of the opening fence. */
  readonly line: number;
}

/** The fenced blocks of a page, in order. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { language: string; line: number; body: string[] } | undefined;
  for (const [index, row] of markdown.split('\n').entries()) {
    const mark = /^```(\w*)\s*$/.exec(row);
    if (open === undefined && mark !== null) open = { language: mark[1] ?? '', line: index + 1, body: [] };
    else if (open !== undefined && mark !== null) {
      fences.push({ language: open.language, line: open.line, text: open.body.join('\n') });
      open = undefined;
    } else open?.body.push(row);
  }
  if (open !== undefined) throw new Error(`the block of line ${open.line} is not closed`);
  return fences;
}

/** The commands of a shell block, one an entry; lines that end in `\` are joined, comments dropped. */
export function commandsOf(shell: string): string[] {
  return shell
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^\$ /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Splits a command as a shell would: quotes and backslashes, nothing else. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  for (const match of command.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g)) {
    words.push(
      match[0].replaceAll(
        /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
        (_, single?: string, double?: string, escaped?: string) =>
          single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
      ),
    );
  }
  return words;
}

/** The request that a curl command would send. */
export interface CurlRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Reads a curl command of `-X`, `-H`, `-d` and their long names; any other flag is an error. */
export function parseCurl(command: string): CurlRequest {
  const [program, ...words] = shellWords(command);
  if (program !== 'curl') throw new Error(`not a curl command: ${command}`);
  const request: { url: string; method?: string; body?: string; headers: Record<string, string> } = {
    url: '',
    headers: {},
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (['-s', '-S', '-sS', '-i', '--silent', '--fail', '-f'].includes(word)) continue;
    if (!word.startsWith('-')) request.url = word;
    else {
      at += 1;
      setFlag(request, word, words[at] ?? '');
    }
  }
  const { url, headers, body } = request;
  return { url, headers, body, method: request.method ?? (body === undefined ? 'GET' : 'POST') };
}

function setFlag(
  request: { method?: string; body?: string; headers: Record<string, string> },
  flag: string,
  value: string,
): void {
  switch (flag) {
    case '-X':
    case '--request':
      request.method = value;
      return;
    case '-H':
    case '--header':
      request.headers[value.slice(0, value.indexOf(':'))] = value.slice(value.indexOf(':') + 1).trim();
      return;
    case '-d':
    case '--data':
      request.body = value;
      return;
    default:
      throw new Error(`curl flag ${flag} is not known to this test`);
  }
}
