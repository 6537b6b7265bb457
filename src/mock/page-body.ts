import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import type { BodyStream, MessageForm, MessageJson, UnaryAnswer } from '../connect/procedure.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import type { Page } from '../sessions/page.ts';
import type { World } from '../world/world.ts';
import type { ExtendedSession } from './session-additions.ts';
import { createSessionsEncoder, type SessionsEncoder } from './session-bytes.ts';
import { createSessionsJson, type SessionsJson } from './session-json.ts';
import { TextBytes } from './text-bytes.ts';

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

/** Room for a session's JSON, so that a page's buffer rarely grows. */
const USUAL_SESSION_BYTES = 1_024;

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
  const metadata = `"listMetadata":${JSON.stringify(listMetadata)}}`;
  if (indices.length === 0) return () => Buffer.from(`{${metadata}`);
  const write =
    extended === undefined
      ? sessionsJsonOf(world)
      : textWriter((index) => JSON.stringify(extended(index, now)));
  return ({ from, until }) => {
    const head = from === 0 ? '{"sessions":[' : ',';
    const tail = until === indices.length ? `],${metadata}` : '';
    return write({ indices, from, until, now, head, tail });
  };
}

const sessionsJson = new WeakMap<World, SessionsJson>();

function sessionsJsonOf(world: World): SessionsJson {
  const known = sessionsJson.get(world);
  if (known !== undefined) return known;
  const made = createSessionsJson(world) ?? textWriter((index, now) => world.json(index, now));
  sessionsJson.set(world, made);
  return made;
}

/** Takes sessions of any shape, at a multiple of the price. */
function textWriter(sessionText: (index: number, now: number) => string): SessionsJson {
  return ({ indices, from, until, now, head, tail }) => {
    const text = new TextBytes(head.length + (until - from) * USUAL_SESSION_BYTES + tail.length);
    text.append(head);
    for (let place = from; place < until; place += 1) {
      if (place > from) text.append(',');
      text.append(sessionText(indices[place] ?? 0, now));
    }
    text.append(tail);
    return text.bytes();
  };
}

const NO_TAIL = new Uint8Array();

function binaryEncoder(page: Page, { world, output, extended }: PageBodyOptions): PartEncoder {
  const { encodeSessions, metadata } =
    extended === undefined ? binaryPartsOf(world, output) : objectParts(output, extended);
  const { indices, now, listMetadata } = page;
  return ({ from, until }) => {
    const tail = until === indices.length ? messageToBinary(metadata, { listMetadata }) : NO_TAIL;
    return encodeSessions({ indices, from, until, now, tail });
  };
}

interface BinaryParts {
  readonly encodeSessions: SessionsEncoder;
  /** The response message without its sessions. */
  readonly metadata: MessageShape;
}

/** Encoders hold what sessions share, so a world keeps those it was asked for. */
const binaryParts = new WeakMap<World, WeakMap<MessageShape, BinaryParts>>();

function binaryPartsOf(world: World, output: MessageShape): BinaryParts {
  const ofWorld = binaryParts.get(world) ?? new WeakMap<MessageShape, BinaryParts>();
  binaryParts.set(world, ofWorld);
  const known = ofWorld.get(output);
  if (known !== undefined) return known;
  const sessions = fieldOf(output, 'sessions');
  const encodeSessions = createSessionsEncoder(world, sessions);
  const made =
    encodeSessions === undefined
      ? objectParts(output, plainSession(world))
      : { encodeSessions, metadata: metadataOf(output) };
  ofWorld.set(output, made);
  return made;
}

/** Takes sessions of any shape, at several times the price. */
function objectEncoder(field: FieldShape, sessionAt: ExtendedSession): SessionsEncoder {
  const shape: MessageShape = { typeName: field.name, fields: [field] };
  return ({ indices, from, until, now, tail }) => {
    const sessions = indices.slice(from, until).map((index) => sessionAt(index, now));
    return Buffer.concat([messageToBinary(shape, { sessions }), tail]);
  };
}

function objectParts(output: MessageShape, sessionAt: ExtendedSession): BinaryParts {
  return {
    encodeSessions: objectEncoder(fieldOf(output, 'sessions'), sessionAt),
    metadata: metadataOf(output),
  };
}

function metadataOf(output: MessageShape): MessageShape {
  return { ...output, fields: [fieldOf(output, 'listMetadata')] };
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
