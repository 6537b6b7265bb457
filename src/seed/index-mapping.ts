import { ALL_SESSION_COLUMNS, type SessionColumn } from './flat-columns.ts';

/** A value of JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

interface MutableGroup {
  [name: string]: JsonValue | MutableGroup;
}

/**
 * The body of `PUT /INDEX` for Elasticsearch and OpenSearch: documents are sessions as the mock sends them; texts
 * are keywords, times dates, addresses `ip` where they are ones.
 */
export function elasticsearchIndex(): JsonValue {
  const root: MutableGroup = {};
  for (const column of ALL_SESSION_COLUMNS) {
    const names = column.path.split('.');
    let group = root;
    for (const name of names.slice(0, -1)) group = childGroup(group, name, 'properties');
    group[names.at(-1) ?? ''] = elasticsearchField(column);
  }
  return { mappings: { properties: root } };
}

/** The body of `POST /api/v1/indexes` for Quickwit: `startTime` is the time field, texts are exact (`raw`) and fast. */
export function quickwitIndex(index: string): JsonValue {
  return {
    version: '0.8',
    index_id: index,
    doc_mapping: { mode: 'dynamic', timestamp_field: 'startTime', field_mappings: quickwitFields() },
    indexing_settings: { commit_timeout_secs: 10 },
  };
}

/** The members of a group inside a group, made when they are missing. */
function childGroup(group: MutableGroup, name: string, member: string): MutableGroup {
  const known = group[name];
  if (isGroup(known) && isGroup(known[member])) return known[member];
  const made: MutableGroup = {};
  group[name] = { [member]: made };
  return made;
}

function isGroup(value: unknown): value is MutableGroup {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function elasticsearchField({ path, type }: SessionColumn): JsonValue {
  if (type === 'timestamp') return { type: 'date' };
  // `ignore_malformed`: addresses come in every notation, and one that is none must not cost the session.
  if (path.endsWith('IpAddress')) return { type: 'ip', ignore_malformed: true };
  return { type: 'keyword', ignore_above: 8191 };
}

interface QuickwitField {
  readonly name: string;
  readonly type: string;
  readonly [setting: string]: JsonValue;
}

function quickwitFields(prefix = ''): QuickwitField[] {
  const inside = ALL_SESSION_COLUMNS.filter(({ path }) => path.startsWith(prefix));
  const names = [...new Set(inside.map(({ path }) => path.slice(prefix.length).split('.')[0] ?? ''))];
  return names.map((name) => {
    const leaf = inside.find(({ path }) => path === `${prefix}${name}`);
    if (leaf === undefined)
      return { name, type: 'object', field_mappings: quickwitFields(`${prefix}${name}.`) };
    if (leaf.type === 'timestamp') {
      return {
        name,
        type: 'datetime',
        input_formats: ['rfc3339'],
        fast_precision: 'milliseconds',
        fast: true,
      };
    }
    return { name, type: leaf.type === 'list' ? 'array<text>' : 'text', tokenizer: 'raw', fast: true };
  });
}
