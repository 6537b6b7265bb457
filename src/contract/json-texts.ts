/** A text inside a JSON value, and the name of the member it stands in. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Every text inside a JSON value, however deep; texts in lists have the name of the list. Order is not promised. */
export function textsIn(value: unknown): readonly NamedText[] {
  const found: NamedText[] = [];
  const open: (readonly [name: string, value: unknown])[] = [['', value]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, item] = next;
    if (typeof item === 'string') found.push({ name, text: item });
    else if (Array.isArray(item)) for (const element of item) open.push([name, element]);
    else if (typeof item === 'object' && item !== null) open.push(...Object.entries(item));
  }
  return found;
}
