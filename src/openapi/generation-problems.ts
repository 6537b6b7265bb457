import type { DocumentProblem } from './document-source.ts';
import { probeValue } from './generate-value.ts';
import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import type { Operation } from './operation.ts';
import { patternTextProblem } from './pattern-text.ts';
import { heightsOf } from './schema-height.ts';
import type { Schema, SchemaObject } from './schema-object.ts';
import { schemaAt } from './schema-view.ts';
import { schemasBelow } from './schemas-below.ts';

/**
 * Why answers of these operations could not be made up: patterns beyond reach, schemas that no finite value or
 * no value at all can meet. One value of each is made and checked; nothing is compiled, so this is quick enough for
 * the start. What has no problem here always gets an answer.
 */
export function generationProblems(
  document: LoadedDocument,
  operations: readonly Operation[],
): DocumentProblem[] {
  const refs = new Set(operations.flatMap(answerRefs));
  const reachable = schemasBelow(document.root, [...refs]);
  const patterns = reachable.flatMap(({ pointer, schema }) => {
    const reason = typeof schema === 'object' ? patternProblem(schema) : undefined;
    return reason === undefined ? [] : [{ pointer: joinPointer(pointer, 'pattern'), reason }];
  });
  if (patterns.length > 0) return patterns;
  const sizes = reachable.flatMap(({ pointer, schema }) => sizeProblems(pointer, schema));
  if (sizes.length > 0) return sizes;
  const heights = heightsOf(document);
  return [...refs].flatMap((pointer) => {
    const reason = answerProblem(document, pointer, heights(schemaAt(document.root, pointer).schema));
    return reason === undefined ? [] : [{ pointer, reason }];
  });
}

function answerRefs({ responses }: Operation): string[] {
  return responses.flatMap(({ content, headers }) => [
    ...content.flatMap(({ schemaRef }) => schemaRef ?? []),
    ...headers.flatMap(({ schemaRef, isRequired }) => (isRequired ? (schemaRef ?? []) : [])),
  ]);
}

/** Sizes up to which answers are made up; far beyond what a test needs, and quick. */
const MOST = { minItems: 1_000, minProperties: 1_000, minLength: 100_000 } as const;

function sizeProblems(pointer: string, schema: Schema): DocumentProblem[] {
  if (typeof schema === 'boolean') return [];
  return Object.entries(MOST).flatMap(([keyword, most]) => {
    // Keys of MOST are keywords whose values are numbers.
    const value = schema[keyword as keyof typeof MOST];
    if (value === undefined || value <= most) return [];
    return [
      {
        pointer: joinPointer(pointer, keyword),
        reason: `answers are made up to ${keyword} ${most} (got ${value})`,
      },
    ];
  });
}

/** A pattern matters only where nothing else says what the text could be. */
function patternProblem({
  pattern,
  format,
  enum: values,
  const: value,
  examples,
}: SchemaObject): string | undefined {
  if (pattern === undefined || values !== undefined || value !== undefined) return undefined;
  if (format !== undefined || (examples ?? []).length > 0) return undefined;
  const reason = patternTextProblem(pattern);
  return reason === undefined ? undefined : `${reason}; add an example`;
}

function answerProblem(document: LoadedDocument, pointer: string, height: number): string | undefined {
  if (height === Infinity) return 'no finite value meets this schema: it requires itself';
  const probed = probeValue(document, pointer);
  return 'value' in probed ? undefined : `no value can be made up: ${probed.reason}`;
}
