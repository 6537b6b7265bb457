import { ALL_SESSION_COLUMNS, type Cell, type ColumnType } from './flat-columns.ts';

/** One element of a Parquet schema, as `hyparquet-writer` takes it: a tree in depth-first order. */
export interface ParquetElement {
  readonly name: string;
  readonly type?: 'BYTE_ARRAY' | 'INT64' | 'DOUBLE';
  readonly converted_type?: 'UTF8' | 'LIST';
  readonly logical_type?: {
    readonly type: 'TIMESTAMP';
    readonly isAdjustedToUTC: true;
    readonly unit: 'MICROS';
  };
  readonly repetition_type?: 'REQUIRED' | 'OPTIONAL' | 'REPEATED';
  readonly num_children?: number;
}

/** A value as `hyparquet-writer` takes it; a struct is a {@link ParquetStruct}. */
export type ParquetValue = string | bigint | number | readonly string[] | undefined;

/** A group of values by name. */
export interface ParquetStruct {
  readonly [name: string]: ParquetValue | ParquetStruct;
}

/** A group or a leaf of a schema. */
type Node = ColumnType | Tree;
interface Tree {
  readonly [name: string]: Node;
}

/** The flat schema: the columns of CSV and SQL. */
export const FLAT_SCHEMA: readonly ParquetElement[] = schemaOf(
  Object.fromEntries(ALL_SESSION_COLUMNS.map(({ name, type }) => [name, type])),
);

/** The nested schema: the wire's names and nesting, with `durationSeconds` for `duration`. */
export const NESTED_SCHEMA: readonly ParquetElement[] = schemaOf(nestedTree());

/** The schema of a table with these columns. */
export function tableSchema(
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): readonly ParquetElement[] {
  return schemaOf(Object.fromEntries(columns.map(({ name, type }) => [name, type])));
}

/** A cell as the value its type stores: timestamps in microseconds, decimals as doubles. */
export function parquetValue(cell: Cell, type: ColumnType): ParquetValue {
  if (cell === undefined || typeof cell !== 'string') return cell;
  if (type === 'timestamp') return microsecondsOf(cell);
  return type === 'decimal' ? Number(cell) : cell;
}

/** RFC 3339 in UTC -> microseconds since 1970; digits below are cut off. */
export function microsecondsOf(text: string): bigint {
  const [, whole, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** The wire's path in the nested form. */
export function nestedPath(path: string): readonly string[] {
  return path === 'duration' ? ['durationSeconds'] : path.split('.');
}

function nestedTree(): Tree {
  const root: Record<string, Node> = {};
  for (const { path, type } of ALL_SESSION_COLUMNS) {
    const names = nestedPath(path);
    let group = root;
    for (const name of names.slice(0, -1)) {
      const known = group[name];
      const next: Record<string, Node> = typeof known === 'object' ? { ...known } : {};
      group[name] = next;
      group = next;
    }
    group[names.at(-1) ?? ''] = type;
  }
  return root;
}

function schemaOf(tree: Tree): readonly ParquetElement[] {
  return [{ name: 'root', num_children: Object.keys(tree).length }, ...childrenOf(tree)];
}

function childrenOf(tree: Tree): ParquetElement[] {
  return Object.entries(tree).flatMap(([name, node]) =>
    typeof node === 'object'
      ? [
          { name, repetition_type: 'OPTIONAL', num_children: Object.keys(node).length } as const,
          ...childrenOf(node),
        ]
      : leafOf(name, node),
  );
}

function leafOf(name: string, type: ColumnType): ParquetElement[] {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
  switch (type) {
    case 'text':
      return [{ name, ...text }];
    case 'decimal':
      return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }];
    case 'timestamp':
      return [
        {
          name,
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
          repetition_type: 'OPTIONAL',
        },
      ];
    case 'list':
      return [
        { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', ...text },
      ];
  }
}
