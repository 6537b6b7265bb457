import type { MessageShape } from '../connect/message-shape.ts';
import type { BodyStream, MessageForm, MessageJson, UnaryAnswer } from '../connect/procedure.ts';
import { ProtoWriter } from '../connect/proto-writer.ts';
import type { Page } from '../sessions/page.ts';
import type { World } from '../world/world.ts';
import type { ExtendedSession } from './session-additions.ts';

/** What a page is encoded with. */
export interface PageBodyOptions {
  readonly world: World;
  /** The encoding the caller asked for. */
  readonly form: MessageForm;
  /** The response message, for field numbers. */
  readonly output: MessageShape;
  /** Makes sessions where the document says more of them than the world; absent where it does not. */
  readonly extended?: ExtendedSession | undefined;
}

/** Sessions encoded at one go; about 250 kB of JSON. */
const SESSIONS_PER_PART = 256;

/** Pages up to this size are one buffer; larger ones are streamed so that other callers are served in between. */
const MAX_WHOLE_SESSIONS = 1024;

/** The encoded ListSessionsV2Response of a page. Field order is that of the message; an empty page has no sessions. */
export function pageToBody(page: Page, options: PageBodyOptions): UnaryAnswer['body'] {
  const encode = options.form === 'json' ? jsonEncoder(page, options) : binaryEncoder(page, options);
  if (page.indices.length > MAX_WHOLE_SESSIONS) return streamParts(page, encode);
  return encode({ from: 0, until: page.indices.length });
}

/** Positions on the page `[from, until)`; the last part carries the metadata. */
interface PartRange {
  readonly from: number;
  readonly until: number;
}

type PartEncoder = (range: PartRange) => Uint8Array;

function streamParts(page: Page, encode: PartEncoder): BodyStream {
  return {
    *parts() {
      const { length } = page.indices;
      for (let from = 0; from < length; from += SESSIONS_PER_PART) {
        yield encode({ from, until: Math.min(from + SESSIONS_PER_PART, length) });
      }
    },
  };
}

function jsonEncoder({ indices, now, listMetadata }: Page, options: PageBodyOptions): PartEncoder {
  const { world, extended } = options;
  const tail = `"listMetadata":${JSON.stringify(listMetadata)}}`;
  const sessionText =
    extended === undefined
      ? (index: number): string => world.json(index, now)
      : (index: number): string => JSON.stringify(extended(index, now));
  return ({ from, until }) => {
    if (indices.length === 0) return Buffer.from(`{${tail}`);
    let text = from === 0 ? '{"sessions":[' : ',';
    for (let place = from; place < until; place += 1) {
      if (place > from) text += ',';
      text += sessionText(indices[place] ?? 0);
    }
    return Buffer.from(until === indices.length ? `${text}],${tail}` : text);
  };
}

function binaryEncoder(page: Page, { world, output, extended }: PageBodyOptions): PartEncoder {
  // A SessionObject is a message in JSON form.
  const sessionAt = extended ?? ((index: number, now: number) => world.at(index, now) as MessageJson);
  const sessions = messageFieldOf(output, 'sessions');
  const metadata = messageFieldOf(output, 'listMetadata');
  return ({ from, until }) => {
    const writer = new ProtoWriter((until - from) * 512);
    for (let place = from; place < until; place += 1) {
      const session = sessionAt(page.indices[place] ?? 0, page.now);
      writer.messageField(sessions.number, sessions.shape, session);
    }
    if (until === page.indices.length) {
      // Metadata is a message in JSON form.
      writer.messageField(metadata.number, metadata.shape, page.listMetadata as MessageJson);
    }
    return writer.finish();
  };
}

function messageFieldOf(message: MessageShape, jsonName: string): { number: number; shape: MessageShape } {
  const field = message.fields.find((candidate) => candidate.jsonName === jsonName);
  if (field?.number === undefined || typeof field.type === 'string') {
    throw new TypeError(`${message.typeName} has no message field ${jsonName} with a number`);
  }
  return { number: field.number, shape: field.type };
}
