import type { BoundField, FieldResolver, Resolution } from './field.ts';
import { type Clock, type LeafContext, leafError } from './leaf-context.ts';
import type { QueryDialect } from './parse-query.ts';
import { allOf, anyOf, noneOf, PASS_ALL, PASS_NONE, type PlanNode } from './plan.ts';
import { QueryError, quoteText } from './query-error.ts';
import type { GroupMember, NodePositions, Occur, QueryNode } from './query-tree.ts';
import { type QueryWarning, WarningList } from './query-warning.ts';
import { isTextField, textTest } from './text-test.ts';
import { typedTest, type ValueNode } from './typed-test.ts';
import type { ValueTest } from './value-test.ts';

/** Settings of {@link compileTree}, all filled. */
export interface CompileSettings {
  readonly resolver: FieldResolver;
  /** Names that words without a field look in. */
  readonly defaults: readonly string[];
  readonly unknown: 'empty' | 'error';
  readonly defaultOperator: 'AND' | 'OR';
  readonly dialect: QueryDialect;
  readonly now: number | undefined;
  readonly positions: NodePositions | undefined;
}

/** A compiled tree. */
export interface CompiledTree {
  readonly root: PlanNode;
  readonly warnings: readonly QueryWarning[];
  /** What each name in the query means. */
  readonly names: ReadonlyMap<string, Resolution>;
  /** The result holds dates that were worked out from `now`. */
  readonly usesNow: boolean;
}

/**
 * Most tests that must look at every value of a field: wildcards, patterns, phrases and ranges of text, counted once
 * for each field they look in. Source: assumed.
 */
export const MAX_SCANNING_TESTS = 500;

/** Resolves the names of a tree and turns its leaves into tests. Throws QueryError. */
export function compileTree(tree: QueryNode, settings: CompileSettings): CompiledTree {
  const compiler = new TreeCompiler(settings);
  const root = compiler.compile(tree);
  const { warnings, names, clock } = compiler;
  return { root, warnings: warnings.list(), names, usesNow: clock.isRead };
}

class TreeCompiler {
  readonly warnings = new WarningList();
  readonly names = new Map<string, Resolution>();
  readonly clock: Clock;
  readonly #settings: CompileSettings;
  #scanningTests = 0;

  constructor(settings: CompileSettings) {
    this.#settings = settings;
    this.clock = { now: settings.now, isRead: false };
  }

  compile(node: QueryNode): PlanNode {
    if ('bool' in node) return this.#compileGroup(node.bool, node);
    if ('of' in node) return this.compile(node.of);
    if ('exists' in node) return this.#compileExists(node.exists, node);
    if ('all' in node || 'empty' in node) return PASS_ALL;
    return this.#compileLeaf(node);
  }

  #compileGroup(members: readonly GroupMember[], node: QueryNode): PlanNode {
    const undecided: Occur = this.#settings.defaultOperator === 'AND' ? '+' : '?';
    const compiled = members.map(([occur, inner]) => ({
      occur: occur || undecided,
      part: this.compile(inner),
    }));
    const of = (occur: Occur): PlanNode[] =>
      compiled.filter((member) => member.occur === occur).map(({ part }) => part);
    const [required, excluded, optional] = [of('+'), of('-'), of('?')];
    if (required.length > 0 && optional.length > 0) this.#warnOfTrap(members, node);
    const isAnyNeeded = required.length === 0 && optional.length > 0;
    return allOf([...required, ...(isAnyNeeded ? [anyOf(optional)] : []), ...excluded.map(noneOf)]);
  }

  #warnOfTrap(members: readonly GroupMember[], node: QueryNode): void {
    const idle = members.find(([occur]) => occur === '?')?.[1];
    this.warnings.add(
      'and_or_trap',
      'clauses joined by OR, or by AND beside a clause without operator, decide nothing here: put them in brackets',
      this.#positionOf(idle ?? node) ?? this.#positionOf(node),
    );
  }

  #compileExists(name: string, node: QueryNode): PlanNode {
    const fields = this.#fieldsOf(name, { context: this.#contextOf(node), isPresence: true });
    return anyOf(fields.map((field) => ({ kind: 'leaf', field, test: { on: 'presence' } })));
  }

  #compileLeaf(node: ValueNode): PlanNode {
    const context = this.#contextOf(node);
    const name = fieldNameOf(node);
    const fields =
      name === null
        ? this.#defaultFields(node, context)
        : this.#fieldsOf(name, { context, isPresence: false });
    if (fields.length === 0) return PASS_NONE;
    const leaves = fields.map((field) => this.#leafOn(field, { node, context }));
    this.#countScanningTests(leaves, context);
    return anyOf(leaves);
  }

  #leafOn(field: BoundField, leaf: { readonly node: ValueNode; readonly context: LeafContext }): PlanNode {
    const { node, context } = leaf;
    for (const text of valuesOf(node)) {
      const advice = this.#settings.resolver.adviseValue?.(field, text);
      if (advice !== undefined) this.warnings.add('value_hint', advice, context.position);
    }
    const test = isTextField(field) ? textTest(node, field, context) : typedTest(node, field, context);
    const isEmpty =
      test.on === 'number' ? test.intervals.length === 0 : 'exact' in test && test.exact?.length === 0;
    return isEmpty ? PASS_NONE : { kind: 'leaf', field, test };
  }

  #countScanningTests(leaves: readonly PlanNode[], context: LeafContext): void {
    this.#scanningTests += leaves.filter((leaf) => leaf.kind === 'leaf' && isScanning(leaf.test)).length;
    if (this.#scanningTests <= MAX_SCANNING_TESTS) return;
    throw leafError(context, {
      kind: 'unsupported',
      problem: `more than ${MAX_SCANNING_TESTS} tests by wildcard, pattern, phrase or text range in one query`,
      expected: 'fewer, or each in fewer fields',
      suggestion: 'split it into several requests',
    });
  }

  #defaultFields(node: ValueNode, context: LeafContext): readonly BoundField[] {
    const { defaults } = this.#settings;
    const isSingle = 'range' in node || 'regex' in node;
    if (defaults.length === 0 || (isSingle && defaults.length > 1)) {
      const form = 'range' in node ? 'a range' : 'regex' in node ? 'a pattern' : 'a word';
      throw leafError(context, {
        kind: 'no_default_field',
        problem: `${form} stands without a field, and there is no single default field for it`,
        suggestion: 'write field:value',
      });
    }
    return defaults.flatMap((name) => this.#fieldsOf(name, { context, isPresence: false }));
  }

  #fieldsOf(
    name: string,
    { context, isPresence }: { readonly context: LeafContext; readonly isPresence: boolean },
  ): readonly BoundField[] {
    const resolution = this.names.get(name) ?? this.#settings.resolver.resolve(name);
    this.names.set(name, resolution);
    if (resolution.kind === 'fields' || (resolution.kind === 'object' && isPresence))
      return resolution.fields;
    if (resolution.kind === 'empty') {
      const message = `${quoteText(name)} is known but never has a value here, so it matches nothing`;
      this.warnings.add('empty_field', message, context.position);
      return [];
    }
    const isObject = resolution.kind === 'object';
    const problem = isObject
      ? `${quoteText(name)} is an object, not a value`
      : `there is no field ${quoteText(name)}`;
    const near = resolution.kind === 'unknown' && resolution.nearest !== undefined;
    const suggestion = near
      ? `did you mean ${resolution.nearest}?`
      : isObject
        ? 'name one of its fields'
        : undefined;
    if (this.#settings.unknown === 'error') {
      throw new QueryError({ kind: 'unknown_field', problem, position: context.position, suggestion });
    }
    const hint = suggestion === undefined ? '' : `; ${suggestion}`;
    this.warnings.add('unknown_field', `${problem}, so it matches nothing${hint}`, context.position);
    return [];
  }

  #contextOf(node: QueryNode): LeafContext {
    const { dialect } = this.#settings;
    return { dialect, clock: this.clock, position: this.#positionOf(node), warnings: this.warnings };
  }

  #positionOf(node: QueryNode): number | undefined {
    return this.#settings.positions?.get(node);
  }
}

function fieldNameOf(node: ValueNode): string | null {
  if ('term' in node) return node.term.field;
  if ('range' in node) return node.range.field;
  return 'set' in node ? node.set.field : node.regex.field;
}

function valuesOf(node: ValueNode): readonly string[] {
  if ('term' in node) return [node.term.text];
  return 'set' in node ? node.set.values : [];
}

function isScanning(test: ValueTest): boolean {
  return test.on !== 'number' && test.on !== 'presence' && test.exact === undefined;
}
