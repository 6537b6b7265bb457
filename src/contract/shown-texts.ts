import type { Exchange } from './exchange.ts';
import { textsIn } from './json-texts.ts';
import { isObject, jsonValue } from './run-view.ts';

/** Headers that name places of the API itself. */
const PLACES: readonly string[] = [
  'location',
  'content-location',
  'link',
  'set-cookie',
  'report-to',
  'nel',
  'content-security-policy',
  'content-security-policy-report-only',
];

/** A text of an answer and where it stands: in the body, or in the header of this name. */
export interface ShownText {
  readonly text: string;
  readonly where: string;
}

/** Everything a refusal says: the texts of its body, and its headers. */
export function shownTexts({ answer }: Exchange): readonly ShownText[] {
  const body = jsonValue(answer?.json);
  const texts =
    body === undefined
      ? [Buffer.from(answer?.body ?? []).toString('utf8')]
      : textsIn(body).map(({ text }) => text);
  const headers = (answer?.rawHeaders ?? []).filter(([name]) => !PLACES.includes(name.toLowerCase()));
  return [
    ...texts.map((text) => ({ text, where: isObject(body) ? '/message or /details' : 'body' })),
    ...headers.map(([name, text]) => ({ text, where: name })),
  ];
}
