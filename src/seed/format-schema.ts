import type { SchemaName } from './format-names.ts';
import { elasticsearchIndex, quickwitIndex } from './index-mapping.ts';
import { SQL_DIALECTS } from './sql-dialect.ts';
import { schemaSql } from './sql-statements.ts';

/** Tables as SQL, or the body that makes an index as JSON; ends with a newline. */
export function formatSchema(name: SchemaName): string {
  if (name === 'elasticsearch') return `${JSON.stringify(elasticsearchIndex(), null, 2)}\n`;
  if (name === 'quickwit') return `${JSON.stringify(quickwitIndex('sessions'), null, 2)}\n`;
  return schemaSql(SQL_DIALECTS[name]);
}
