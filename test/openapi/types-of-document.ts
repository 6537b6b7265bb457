import { parsePointer } from '../../src/openapi/json-pointer.ts';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import type { Operation, OperationContent } from '../../src/openapi/operation.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { isJsonObject, type Schema, type SchemaObject } from '../../src/openapi/schema-object.ts';
import { schemaAt } from '../../src/openapi/schema-view.ts';

const HEAD = `// Generated from openapi.yaml by test/openapi/types-of-document.ts; do not edit.
// After a change of the document: npx vitest run test/openapi/types.test.ts --update
`;

/** A TypeScript module with one type for each named schema and one for each operation's bodies. */
export function typesOfDocument(document: LoadedDocument): string {
  const schemas = document.root['components'];
  const named = isJsonObject(schemas) && isJsonObject(schemas['schemas']) ? schemas['schemas'] : {};
  const types = Object.keys(named).map((name) => {
    const { schema } = schemaAt(document.root, `#/components/schemas/${name}`);
    return declaration(typeName(name), schema);
  });
  return [HEAD, ...types, operationTypes(document, operationsOf(document))].join('\n');
}

function declaration(name: string, schema: Schema): string {
  const doc = docComment(schema, '');
  if (typeof schema === 'object' && schema.type === 'object' && schema.properties !== undefined) {
    return `${doc}export interface ${name} ${objectText(schema, '')}\n`;
  }
  return `${doc}export type ${name} = ${typeText(schema, '')};\n`;
}

function operationTypes(document: LoadedDocument, operations: readonly Operation[]): string {
  const entries = operations.map(({ id, summary, requestBody, responses }) => {
    const answers = responses.map(
      ({ status, content }) => `readonly ${propertyName(status)}: ${bodyText(document, content)};`,
    );
    return [
      `  /** ${summary ?? id} */`,
      `  readonly ${propertyName(id)}: {`,
      `    readonly request: ${bodyText(document, requestBody?.content ?? [])};`,
      `    readonly responses: { ${answers.join(' ')} };`,
      '  };',
    ].join('\n');
  });
  return `/** Bodies of each operation by operationId, as JSON. */\nexport interface Operations {\n${entries.join('\n')}\n}\n`;
}

function bodyText(document: LoadedDocument, content: readonly OperationContent[]): string {
  const json = content.find(({ mediaType }) => mediaType === 'application/json');
  if (json?.schemaRef === undefined) return 'undefined';
  return typeText(schemaAt(document.root, json.schemaRef).schema, '');
}

function typeText(schema: Schema, indent: string): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  if (schema.$ref !== undefined) return typeName(parsePointer(schema.$ref).at(-1) ?? '');
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values !== undefined) return values.map((value) => literal(value)).join(' | ');
  return branchText(schema, indent) ?? declaredTypeText(schema, indent);
}

function branchText(schema: SchemaObject, indent: string): string | undefined {
  const branches = schema.oneOf ?? (schema.type === undefined ? schema.anyOf : undefined);
  return branches?.map((branch) => typeText(branch, indent)).join(' | ');
}

function declaredTypeText(schema: SchemaObject, indent: string): string {
  const types: readonly string[] = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return schema.properties === undefined ? 'unknown' : objectText(schema, indent);
  return types.map((type) => typeOf(type, schema, indent)).join(' | ');
}

function typeOf(type: string, schema: SchemaObject, indent: string): string {
  if (type === 'array') return arrayText(schema.items ?? true, indent);
  if (type === 'object') return objectText(schema, indent);
  return type === 'integer' ? 'number' : type;
}

function arrayText(items: Schema, indent: string): string {
  const text = typeText(items, indent);
  return `readonly ${/^[\w.]+$/.test(text) ? text : `(${text})`}[]`;
}

function objectText(schema: SchemaObject, indent: string): string {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return 'Readonly<Record<string, unknown>>';
  const inner = `${indent}  `;
  const required = new Set(schema.required ?? []);
  const lines = entries.map(([name, property]) => {
    const mark = required.has(name) ? '' : '?';
    return `${docComment(property, inner)}${inner}readonly ${propertyName(name)}${mark}: ${typeText(property, inner)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function docComment(schema: Schema, indent: string): string {
  const text = typeof schema === 'object' ? (schema.description ?? '').trim().replaceAll('*/', '*\\/') : '';
  if (text === '') return '';
  const lines = text.split('\n');
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

function literal(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : JSON.stringify(value);
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** `SessionObject.User` is `SessionObjectUser`. */
function typeName(name: string): string {
  return name
    .split(/\W+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
