/** For each character of a text, the characters that can stand there. */
export type TextShape = readonly string[];

/** A test of whole texts that can also say whether any text of a shape could pass. */
export interface TextMatcher {
  matches(text: string): boolean;
  /** False when no text of this shape matches; true when one may. */
  canMatchShape(shape: TextShape): boolean;
}

/** Tests whether texts begin with another. */
export function createPrefixMatcher(prefix: string): TextMatcher {
  const chars = Array.from(prefix);
  return {
    matches: (text) => text.startsWith(prefix),
    canMatchShape: (shape) => chars.every((char, place) => shape[place]?.includes(char) ?? false),
  };
}
