import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import type { BodyStream, MessageForm, MessageJson, UnaryAnswer } from '../connect/procedure.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import type { Page } from '../sessions/page.ts';
import type { World } from '../world/world.ts';
import type { ExtendedSession } from './session-additions.ts';
import { createSessionsEncoder, type SessionsEncoder } from './session-bytes.ts';

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
  const encodeSessions =
    extended === undefined
      ? sessionsEncoderOf(world, output)
      : objectEncoder(fieldOf(output, 'sessions'), extended);
  const metadata = fieldOf(output, 'listMetadata');
  return ({ from, until }) => {
    const sessions = encodeSessions({ indices: page.indices, from, until, now: page.now });
    if (until < page.indices.length) return sessions;
    const tail = messageToBinary({ ...output, fields: [metadata] }, { listMetadata: page.listMetadata });
    return Buffer.concat([sessions, tail]);
  };
}

/** Encoders hold what sessions share, so a world keeps those it was asked for. */
const encoders = new WeakMap<World, WeakMap<MessageShape, SessionsEncoder>>();

function sessionsEncoderOf(world: World, output: MessageShape): SessionsEncoder {
  const known = encoders.get(world) ?? new WeakMap<MessageShape, SessionsEncoder>();
  encoders.set(world, known);
  const field = fieldOf(output, 'sessions');
  const encoder =
    known.get(output) ?? createSessionsEncoder(world, field) ?? objectEncoder(field, plainSession(world));
  known.set(output, encoder);
  return encoder;
}

/** Takes sessions of any shape, at several times the price. */
function objectEncoder(field: FieldShape, sessionAt: ExtendedSession): SessionsEncoder {
  const shape: MessageShape = { typeName: field.name, fields: [field] };
  return ({ indices, from, until, now }) =>
    messageToBinary(shape, { sessions: indices.slice(from, until).map((index) => sessionAt(index, now)) });
}

function plainSession(world: World): ExtendedSession {
  // A SessionObject is a message in JSON form.
  return (index, now) => world.at(index, now) as MessageJson;
}

function fieldOf(message: MessageShape, jsonName: string): FieldShape {
  const field = message.fields.find((candidate) => candidate.jsonName === jsonName);
  if (field?.number === undefined) {
    throw new TypeError(`${message.typeName} has no field ${jsonName} with a number`);
  }
  return field;
}
