import { stringify } from 'yaml';
import { type LoadedDocument, parseDocument } from '../../src/openapi/loaded-document.ts';

/** A document around some schemas, by name; `rest` replaces or adds fields of the document. */
export function documentOf(
  schemas: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): LoadedDocument {
  const text = stringify(
    { openapi: '3.1.0', info: { title: 'Test', version: '1' }, paths: {}, components: { schemas }, ...rest },
    { aliasDuplicateObjects: false },
  );
  return parseDocument({ file: 'test.yaml', text });
}
