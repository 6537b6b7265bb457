/** What an error shows of the server that made it, and how to tell. */
const INTERNALS: Readonly<Record<string, readonly RegExp[]>> = {
  'a stack': [
    // JavaScript, Java and relatives, .NET
    /\bat (?:async |new )?(?:\S+ )?\(?[^()\s]*(?:\.\w+|node:[\w/]+|<anonymous>):\d+:\d+\)?/,
    /\bat [\w$.<>/]+\((?:[\w$]+\.(?:java|kt|scala|groovy|clj):\d+|Native Method|Unknown Source)\)/,
    /\bat [\w.`<>[\],+]+\([^)]*\) in \S.*:line \d+/,
    /\b(?:\w+\.)+\w*Exception\b/,
    // Go, Python, Ruby, PHP, Rust, Elixir
    /\bgoroutine \d+|\bpanic: |\bruntime error: /,
    /Traceback \(most recent call last\)|File "[^"]+", line \d+/,
    /\bpanicked at\b|\bstack backtrace:/,
    /\.php on line \d+|\*\* \(\w+Error\)/,
  ],
  'a source file': [
    /\.(?:[cm]?[jt]sx?|go|rb|php|java|kt|scala|cs|cpp|exs?)[:(]\d+/,
    /\.rs:\d+:\d+/,
    /node_modules/,
  ],
  'a path': [
    /(?:^|[\s"'`(=<])\/(?:home|usr|var|srv|app|root|Users|etc|opt|tmp|proc|mnt|private|workspace)\/[\w.]/,
    /\b[A-Za-z]:\\[\w .-]+\\[\w.-]/,
  ],
  'a statement': [
    /\b(?:SELECT|INSERT|UPDATE) .+ (?:FROM|INTO|SET)\b|\bDELETE FROM\b/,
    /\bselect\s+\*\s+from\s+\w/i,
    /\bselect\s+[\w."`]+(?:\s*,\s*[\w."`]+)+\s+from\s+\w/i,
    /\bselect\s+[\w."`(*)]+\s+from\s+[\w."`]+\s+(?:where|limit|order by|group by|join)\s/i,
    /\binsert\s+into\s+[\w."`]+\s*(?:\(|values\b)|\bupdate\s+[\w."`]+\s+set\s+[\w."`]+\s*=/i,
    /\bdelete\s+from\s+[\w."`]+\s+where\s/i,
    /\bpq: |\bSQLSTATE\b|\bORA-\d{5}\b|\bsyntax error at or near\b|\brelation "[^"]+" does not exist/,
  ],
};

/** What a text shows of the inside of a server: `a stack`, `a source file`, `a path`, `a statement`; or undefined. */
export function internalsIn(text: string): string | undefined {
  return Object.entries(INTERNALS).find(([, patterns]) =>
    patterns.some((pattern) => pattern.test(text)),
  )?.[0];
}
