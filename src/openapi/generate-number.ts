import type { Belief } from './believable-text.ts';
import { instantFor } from './believable-time.ts';
import type { Facets } from './facets.ts';
import { numberFits } from './fits.ts';
import { NoValueError } from './generation.ts';

/** A number that meets its facets: by its name where that says something, else anywhere in its bounds. */
export function generateNumber(facets: Facets, belief: Belief, kind: 'integer' | 'number'): number {
  const candidates = [
    believableNumber(belief, kind),
    exampleNumber(facets, belief),
    inBounds(facets, belief, kind),
    ...edges(facets, kind),
  ];
  const found = candidates.find(
    (value) =>
      value !== undefined && (kind === 'number' || Number.isInteger(value)) && numberFits(value, facets),
  );
  if (found === undefined) throw new NoValueError(`no ${kind} meets its bounds`);
  return found;
}

type Maker = (belief: Belief, kind: 'integer' | 'number') => number;

const between =
  (low: number, high: number): Maker =>
  ({ draw }, kind) =>
    kind === 'integer' ? draw.int(low, high) : rounded(low + draw.float() * (high - low));

const RULES: readonly (readonly [RegExp, Maker])[] = [
  [
    /(^|_)(ratio|rate|probability|confidence|risk|fraction)$/,
    ({ draw }, kind) => (kind === 'integer' ? draw.int(0, 100) : rounded(draw.float())),
  ],
  [/(^|_)(percent|percentage|progress|score)$/, between(0, 100)],
  [/(^|_)(amount|price|cost|balance|revenue|total_price|subtotal|fee|tax)$/, between(5, 500)],
  [/(^|_)(lat|latitude)$/, between(-60, 60)],
  [/(^|_)(lng|lon|longitude)$/, between(-170, 170)],
  [/(^|_)age$/, between(18, 70)],
  [/(^|_)port$/, ({ draw }) => draw.pick([22, 443, 3306, 5432, 6379, 8080])],
  [/(^|_)year$/, between(2019, 2026)],
  [/(^|_)month$/, between(1, 12)],
  [/(^|_)day$/, between(1, 28)],
  [/(_at|_time|_date|timestamp|_on|_unix|_epoch)(_ms|_millis)?$/, instantNumber],
  [/(duration|elapsed|latency|timeout|ttl|delay|interval)(_ms|_millis|_seconds|_s)?$/, between(1, 900)],
  [/(^|_)bytes$/, between(128, 1_048_576)],
  [/(^|_)(limit|page_size|per_page)$/, between(20, 100)],
  [/(^|_)(priority|level|rank|position|index|page|attempt|attempts|retries)$/, between(1, 10)],
  [/(^|_)id$/, between(1000, 99_999)],
  [/(count|total|size|quantity|hits|number)(_.*)?$/, between(0, 400)],
];

function believableNumber(belief: Belief, kind: 'integer' | 'number'): number | undefined {
  return RULES.find(([name]) => name.test(belief.words))?.[1](belief, kind);
}

function instantNumber(belief: Belief): number {
  const instant = instantFor(belief);
  return /_(ms|millis)$/.test(belief.words) ? instant : Math.floor(instant / 1000);
}

function exampleNumber({ examples }: Facets, { draw }: Belief): number | undefined {
  const numbers = examples.filter((example) => typeof example === 'number');
  return numbers.length === 0 ? undefined : draw.pick(numbers);
}

function inBounds(facets: Facets, { draw }: Belief, kind: 'integer' | 'number'): number {
  const [low, high] = boundsOf(facets);
  const step = stepOf(facets, kind);
  if (step !== undefined) return rounded(draw.int(Math.ceil(low / step), Math.floor(high / step)) * step, 10);
  const value = low + draw.float() * (high - low);
  const short = rounded(value);
  return numberFits(short, facets) ? short : value;
}

/** The least and greatest numbers of narrow bounds, where rounding and drawing may miss. */
function edges(facets: Facets, kind: 'integer' | 'number'): number[] {
  const [low, high] = boundsOf(facets);
  const step = stepOf(facets, kind) ?? 1;
  const whole = [
    Math.ceil(low / step) * step,
    (Math.floor(low / step) + 1) * step,
    Math.floor(high / step) * step,
    (Math.ceil(high / step) - 1) * step,
  ].map((value) => rounded(value, 10));
  return kind === 'integer' ? whole : [...whole, low, high, (low + high) / 2];
}

/** What a number must be a multiple of: the least common multiple of all that is asked for. */
export function stepOf({ multiples }: Facets, kind: 'integer' | 'number'): number | undefined {
  const steps = kind === 'integer' ? [1, ...multiples] : multiples;
  return steps.length === 0 ? undefined : steps.reduce(commonMultiple);
}

/** Beyond this, decimals are not turned into integers any more. */
const MOST_DECIMALS = 9;

function commonMultiple(one: number, other: number): number {
  const scale = 10 ** Math.min(MOST_DECIMALS, Math.max(decimalsOf(one), decimalsOf(other)));
  const [a, b] = [Math.round(one * scale), Math.round(other * scale)];
  const multiple = (a / commonDivisor(a, b)) * b;
  return multiple > 0 && Number.isSafeInteger(multiple) ? multiple / scale : Math.max(one, other);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? Math.max(a, 1) : commonDivisor(b, a % b);
}

function decimalsOf(value: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}

/** Where numbers are drawn from: a thousand from the lower bound where there is no upper one. */
function boundsOf({ minimum, maximum, above, below, formats }: Facets): readonly [number, number] {
  const given = [Math.max(minimum, above), Math.min(maximum, below)] as const;
  const isFree = formats.some((format) => /^(u?int8|u?int16)$/.test(format));
  const span = isFree ? 100 : 1000;
  if (given[0] > -Infinity) return [given[0], Math.min(given[1], given[0] + span)];
  if (given[1] < Infinity) return [Math.min(0, given[1] - span), given[1]];
  return [0, span];
}

function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
