import type { DocumentProblem } from './document-source.ts';
import { isJsonType } from './json-media-type.ts';
import type { Operation, OperationContent } from './operation.ts';

/** The media types of an operation that are not read or written as the document describes them. */
export function mediaNotes({ pointer, procedure, requestBody, responses }: Operation): DocumentProblem[] {
  // A procedure has the media types of its wire, whatever the document lists.
  if (procedure !== undefined) return [];
  const sent = (requestBody?.content ?? []).map((content) => ({
    content,
    reason: requestReason(content.mediaType),
  }));
  const answered = responses.flatMap(({ content }) =>
    content.map((one) => ({ content: one, reason: responseReason(one.mediaType) })),
  );
  return [...sent, ...answered].flatMap(({ content, reason }) =>
    reason === undefined ? [] : [{ pointer: pointerOf(content) ?? pointer, reason }],
  );
}

function pointerOf({ schemaRef }: OperationContent): string | undefined {
  return schemaRef?.replace(/\/schema$/, '');
}

/** Other bodies than these are checked, or have nothing in them that a schema could describe. */
function requestReason(mediaType: string): string | undefined {
  if (mediaType.startsWith('multipart/')) return `the parts of ${mediaType} are not checked`;
  return isXml(mediaType) ? `${mediaType} is not checked: there is no XML` : undefined;
}

function responseReason(mediaType: string): string | undefined {
  if (mediaType.startsWith('text/event-stream'))
    return 'an event stream is one text and ends: no events are sent';
  if (isXml(mediaType)) return `${mediaType} is written as JSON: there is no XML`;
  if (isJsonType(mediaType) || /^(text\/|\*|application\/\*)/.test(mediaType)) return undefined;
  return `${mediaType} is written as JSON, or as it is where its schema is a text`;
}

function isXml(mediaType: string): boolean {
  return /^[^;]*[/+]xml\s*(;|$)/.test(mediaType);
}
