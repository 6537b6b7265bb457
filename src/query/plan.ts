import type { BoundField } from './field.ts';
import { testDocument, type ValueTest } from './value-test.ts';

/** A query without names and operators of text: what a row must pass. */
export type PlanNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | PlanLeaf
  | { readonly kind: 'and'; readonly parts: readonly PlanNode[] }
  | { readonly kind: 'or'; readonly parts: readonly PlanNode[] }
  | { readonly kind: 'not'; readonly part: PlanNode };

/** One field and the test its values must pass. */
export interface PlanLeaf {
  readonly kind: 'leaf';
  readonly field: BoundField;
  readonly test: ValueTest;
}

/** Passes everything. */
export const PASS_ALL: PlanNode = { kind: 'all' };

/** Passes nothing. */
export const PASS_NONE: PlanNode = { kind: 'none' };

/** Passes what passes every part; no part: everything. */
export function allOf(parts: readonly PlanNode[]): PlanNode {
  const kept = parts.flatMap((part) =>
    part.kind === 'and' ? part.parts : part.kind === 'all' ? [] : [part],
  );
  const [first] = kept;
  if (first === undefined) return PASS_ALL;
  if (kept.some((part) => part.kind === 'none')) return PASS_NONE;
  return kept.length === 1 ? first : { kind: 'and', parts: kept };
}

/** Passes what passes any part; no part: nothing. */
export function anyOf(parts: readonly PlanNode[]): PlanNode {
  const kept = parts.flatMap((part) =>
    part.kind === 'or' ? part.parts : part.kind === 'none' ? [] : [part],
  );
  const [first] = kept;
  if (first === undefined) return PASS_NONE;
  if (kept.some((part) => part.kind === 'all')) return PASS_ALL;
  return kept.length === 1 ? first : { kind: 'or', parts: kept };
}

/** Passes what the part does not. */
export function noneOf(part: PlanNode): PlanNode {
  if (part.kind === 'all') return PASS_NONE;
  if (part.kind === 'none') return PASS_ALL;
  return part.kind === 'not' ? part.part : { kind: 'not', part };
}

/** The plan as a test of whole documents, made on first use. */
export function toMatcher(node: PlanNode): (document: unknown) => boolean {
  let matcher: ((document: unknown) => boolean) | undefined;
  return (document) => {
    matcher ??= createMatcher(node);
    return matcher(document);
  };
}

function createMatcher(node: PlanNode): (document: unknown) => boolean {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    case 'leaf':
      return (document) => testDocument(node.field, node.test, document);
    case 'not': {
      const matches = createMatcher(node.part);
      return (document) => !matches(document);
    }
    case 'and': {
      const tests = node.parts.map(createMatcher);
      return (document) => tests.every((matches) => matches(document));
    }
    case 'or': {
      const tests = node.parts.map(createMatcher);
      return (document) => tests.some((matches) => matches(document));
    }
  }
}
