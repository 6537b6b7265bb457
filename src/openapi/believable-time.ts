import type { Draw } from './draw.ts';
import type { Subject } from './subject.ts';

const DAY_MS = 86_400_000;

const BEGINS =
  /(^|_)(created|create|started|start|begin|began|opened|joined|issued|registered|received|valid_from)/;
const LIES_AHEAD =
  /(^|_)(expires|expire|expiry|expiration|due|next|until|deadline|scheduled|valid_to|renewal)/;

/**
 * An instant for a property of this name, in ms since 1970: what begins comes first, what ends or changes later,
 * both before now; what expires or is due lies ahead.
 */
export function instantFor(belief: {
  readonly words: string;
  readonly subject: Subject;
  readonly now: number;
  readonly draw: Draw;
}): number {
  const { words, subject, now, draw } = belief;
  if (LIES_AHEAD.test(words)) return now + Math.floor((1 + draw.float() * 29) * DAY_MS);
  if (BEGINS.test(words)) return subject.startMs;
  return subject.startMs + Math.floor(draw.float() * (now - subject.startMs));
}
