import { type GenerateOptions, generateValue } from '../openapi/generate-value.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { OperationResponse, ResponseHeader } from '../openapi/operation.ts';
import { isJsonObject, type JsonValue } from '../openapi/schema-object.ts';

/** The headers a response must have, with values of their schemas. */
export function requiredHeaders(
  document: LoadedDocument,
  response: OperationResponse | undefined,
  options: GenerateOptions,
): Readonly<Record<string, string>> {
  const required = (response?.headers ?? []).filter(
    ({ name, isRequired }) => isRequired && name.toLowerCase() !== 'content-type',
  );
  return Object.fromEntries(
    required.map((header) => [header.name, headerText(headerValue(document, header, options))]),
  );
}

function headerValue(document: LoadedDocument, header: ResponseHeader, options: GenerateOptions): JsonValue {
  const { name, schemaRef, examples } = header;
  const example = schemaRef === undefined || options.prefersExamples ? examples[0] : undefined;
  if (example !== undefined || schemaRef === undefined) return example?.value ?? name;
  const { given: _, ...rest } = options;
  return generateValue(document, schemaRef, { ...rest, key: `${options.key} ${name}`, name });
}

/** A value in the style `simple`; characters that no header takes are percent-encoded. */
function headerText(value: JsonValue): string {
  const text = Array.isArray(value)
    ? value.map(String).join(',')
    : isJsonObject(value)
      ? Object.entries(value).flat().map(String).join(',')
      : String(value);
  return text.replace(/[^\t -~]/gu, (character) => encodeURIComponent(character));
}
