/** Texts by name, names inside names: what `f[range][gte]=3&f[range][lt]=9` says of `f`. */
export interface TextTree {
  /** The texts given under this very name, in order. */
  readonly texts: readonly string[];
  /** What stands in brackets after it; `''` for `[]`. */
  readonly members: ReadonlyMap<string, TextTree>;
}

interface DraftTree {
  readonly texts: string[];
  readonly members: Map<string, DraftTree>;
}

/** How deep names are taken apart; a deeper one is a name as it stands. */
const MAX_STEPS = 32;

/** The steps of a name: `a[b][]` is `['a', 'b', '']`; a name that is not of this form is one step. */
export function stepsOf(name: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (match === null) return [name];
  const [, first = '', brackets = ''] = match;
  const steps = [first, ...brackets.slice(1, -1).split('][')];
  return steps.length > MAX_STEPS ? [name] : steps;
}

/** The tree of texts and the steps that lead to each. */
export function treeOf(entries: readonly (readonly [steps: readonly string[], text: string])[]): TextTree {
  const root: DraftTree = { texts: [], members: new Map() };
  for (const [steps, text] of entries) {
    let at = root;
    for (const step of steps) {
      const next: DraftTree = at.members.get(step) ?? { texts: [], members: new Map() };
      at.members.set(step, next);
      at = next;
    }
    at.texts.push(text);
  }
  return root;
}
