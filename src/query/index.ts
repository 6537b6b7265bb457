export { type BoundPlan, type ClosedInterval, createPlanBinder, type PlanBinder } from './bound-plan.ts';
export type { CodeArray, ColumnBlock, ColumnSource } from './columns.ts';
export { createSessionComparator } from './compare-sessions.ts';
export { type CompiledQuery, type CompileOptions, compileQuery, type Instant } from './compile-query.ts';
export { compileSessionQuery, type SessionQuery, type SessionQueryOptions } from './compile-session-query.ts';
export { type ExplainedName, explainQuery, type QueryExplanation } from './explain-query.ts';
export type { BoundField, FieldType, Resolution } from './field.ts';
export { formatTree } from './format-tree.ts';
export type { OrderedRow } from './ordered-row.ts';
export {
  type ParsedQuery,
  type ParseOptions,
  parseQuery,
  parseQueryWithPositions,
  type QueryDialect,
} from './parse-query.ts';
export { parseSort, type SortKey } from './parse-sort.ts';
export { parseTime } from './parse-time.ts';
export type { PlanNode } from './plan.ts';
export { type CachedQuery, createQueryCache, type QueryCache, type QueryRequest } from './query-cache.ts';
export { QueryError, type QueryErrorKind } from './query-error.ts';
export type { GroupMember, NodePositions, Occur, QueryNode } from './query-tree.ts';
export type { QueryWarning, QueryWarningCode } from './query-warning.ts';
export { bindOrder, type RowOrder } from './row-order.ts';
export type { Schema } from './schema-resolver.ts';
export { SESSION_DEFAULT_FIELDS, SESSION_FIELDS, type SessionField } from './session-fields.ts';
export { resolveField } from './session-resolver.ts';
export type { TextShape } from './text-matcher.ts';
export type { TopRows } from './top-rows.ts';
