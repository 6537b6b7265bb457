import type { OperationParameter } from '../openapi/operation.ts';

/** What a parameter's texts are, by its style: one text, several, or texts by name; undefined where it is absent. */
export type ParameterText =
  | { readonly shape: 'scalar'; readonly text: string }
  | { readonly shape: 'list'; readonly texts: readonly string[] }
  | { readonly shape: 'object'; readonly members: readonly (readonly [string, string])[] };

/** A parameter and what is known of its value. */
export interface StyledParameter extends Pick<OperationParameter, 'name' | 'style' | 'isExploded'> {
  readonly shape: ParameterText['shape'];
  /** Properties an object declares: exploded in a query they stand beside other parameters. */
  readonly properties: readonly string[];
}

/** Name and value of each pair of a query or a form, in order, not yet decoded. */
export function splitPairs(text: string): (readonly [string, string])[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? [decodeText(pair), ''] : [decodeText(pair.slice(0, at)), pair.slice(at + 1)];
    });
}

/** `+` is a space; a broken escape is taken as it is. */
export function decodeText(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

const DELIMITERS: Readonly<Record<string, RegExp>> = {
  form: /,/,
  spaceDelimited: / |%20|\+/,
  pipeDelimited: /\||%7[cC]/,
};

/** The texts of a query parameter among the pairs of a query. */
export function queryText(
  parameter: StyledParameter,
  pairs: readonly (readonly [string, string])[],
): ParameterText | undefined {
  const { name, style, shape, isExploded, properties } = parameter;
  if (shape === 'object' && style === 'deepObject') {
    const prefix = `${name}[`;
    const found = pairs.filter(([key]) => key.startsWith(prefix) && key.endsWith(']'));
    return membersOf(found.map(([key, value]) => [key.slice(prefix.length, -1), decodeText(value)]));
  }
  if (shape === 'object' && isExploded) {
    const found = pairs.filter(([key]) => properties.includes(key));
    return membersOf(found.map(([key, value]) => [key, decodeText(value)]));
  }
  const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
  const [first] = values;
  if (first === undefined) return undefined;
  if (shape === 'scalar') return { shape, text: decodeText(first) };
  const parts = isExploded ? values : first.split(DELIMITERS[style] ?? /,/);
  const texts = parts.length === 1 && parts[0] === '' ? [] : parts.map(decodeText);
  return shape === 'list' ? { shape, texts } : { shape, members: alternating(texts) };
}

/** The texts of a parameter that is one text: in a path, a header or a cookie. */
export function singleText(parameter: StyledParameter, given: string): ParameterText {
  const { shape, style, name, isExploded } = parameter;
  const text = withoutPrefix(given, { style, name });
  if (shape === 'scalar') return { shape, text };
  const delimiter = isExploded && style === 'label' ? '.' : isExploded && style === 'matrix' ? ';' : ',';
  const parts = text === '' ? [] : text.split(delimiter).map((part) => part.trim());
  if (shape === 'list') {
    const prefix = `${name}=`;
    const isNamed = style === 'matrix' && isExploded;
    const texts = parts.map((part) =>
      isNamed && part.startsWith(prefix) ? part.slice(prefix.length) : part,
    );
    return { shape, texts };
  }
  return { shape, members: isExploded ? parts.map(assignment) : alternating(parts) };
}

/** `.5` of a label, `;id=5` of a matrix. */
function withoutPrefix(text: string, { style, name }: Pick<StyledParameter, 'style' | 'name'>): string {
  if (style === 'label') return text.replace(/^\./, '');
  if (style !== 'matrix') return text;
  const bare = text.replace(/^;/, '');
  return bare.startsWith(`${name}=`) ? bare.slice(name.length + 1) : bare;
}

function membersOf(members: readonly (readonly [string, string])[]): ParameterText | undefined {
  return members.length === 0 ? undefined : { shape: 'object', members };
}

function alternating(texts: readonly string[]): (readonly [string, string])[] {
  const members: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) members.push([texts[at] ?? '', texts[at + 1] ?? '']);
  return members;
}

function assignment(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}
