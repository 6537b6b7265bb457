import type { OperationParameter } from '../openapi/operation.ts';
import { stepsOf, type TextTree, treeOf } from './text-tree.ts';

/** What a parameter's texts are, by its style: one text, several, texts by name, or names in names. */
export type ParameterText =
  | { readonly shape: 'scalar'; readonly text: string }
  | { readonly shape: 'list'; readonly texts: readonly string[] }
  | { readonly shape: 'object'; readonly members: readonly (readonly [string, string])[] }
  | { readonly shape: 'tree'; readonly tree: TextTree };

/** A parameter and what is known of its value. */
export interface StyledParameter extends Pick<OperationParameter, 'name' | 'style' | 'isExploded'> {
  readonly shape: Exclude<ParameterText['shape'], 'tree'>;
  /** Names of an object's members: exploded in a query they stand beside other parameters. */
  readonly isMember: (name: string) => boolean;
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

/** The texts of a query parameter among the pairs of a query; undefined where it is absent. */
export function queryText(
  parameter: StyledParameter,
  pairs: readonly (readonly [string, string])[],
): ParameterText | undefined {
  const { name, style, shape, isExploded, isMember } = parameter;
  if (style === 'deepObject') {
    const found = pairs.map(([key, value]) => [stepsOf(key), decodeText(value)] as const);
    return treeText(
      found
        .filter(([steps]) => steps.length > 1 && steps[0] === name)
        .map(([steps, text]) => [steps.slice(1), text]),
    );
  }
  if (shape === 'object' && isExploded) {
    const found = pairs.filter(([key]) => isMember(key));
    return treeText(found.map(([key, value]) => [[key], decodeText(value)]));
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

function treeText(entries: Parameters<typeof treeOf>[0]): ParameterText | undefined {
  return entries.length === 0 ? undefined : { shape: 'tree', tree: treeOf(entries) };
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
