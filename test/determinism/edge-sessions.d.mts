/** What the sessions of edge-cases are combined from; every pair of values occurs. */
export const FACTORS: Readonly<
  Record<'technology' | 'user' | 'status' | 'connector' | 'parent', readonly (string | boolean)[]>
>;
/** Every session of the scenario `edge-cases`, as a fixture file has them. */
export function edgeSessions(): readonly object[];
