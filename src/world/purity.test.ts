import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FORBIDDEN = [
  /Math\.(random|log\w*|exp\w*|pow|sin\w*|cos\w*|tan\w*|atan\w*|cbrt|hypot|fround)\b/,
  /\*\*/,
  /\bDate\b\s*[.(]/,
  /\bnew Date\b/,
  /\bIntl\b/,
  /localeCompare/,
  /toLocale/,
  /\bperformance\b/,
  /\bprocess\./,
  /\bconsole\./,
  /\bcrypto\b/,
  /from 'node:/,
] as const;

const sources = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));

/** The code of a file without its comments. */
function codeOf(name: string): string {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

describe.each(sources)('src/world/%s', (name) => {
  it('asks no clock, no chance, no locale and no function that engines compute differently', () => {
    const code = codeOf(name);
    expect(FORBIDDEN.filter((pattern) => pattern.test(code))).toEqual([]);
  });

  it('leaves faker to the people of the directory and to x-faker', () => {
    expect(codeOf(name).includes('@faker-js/faker')).toBe(['people.ts', 'faker-values.ts'].includes(name));
  });
});

it('notices what is forbidden', () => {
  const guilty = [
    'Math.random()',
    'Math.log2(1)',
    'Date.now()',
    'new Date(1)',
    'new Intl.Collator()',
    "'a'.localeCompare('b')",
  ];
  for (const code of guilty) expect(FORBIDDEN.some((pattern) => pattern.test(code))).toBe(true);
});
