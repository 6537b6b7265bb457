import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import type { BodyStream, MessageForm, UnaryAnswer } from '../connect/procedure.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import type { Page } from '../sessions/page.ts';
import type { World } from '../world/world.ts';
import { createSessionsEncoder, type SessionsEncoder } from './session-bytes.ts';

/** What a page is encoded with. */
export interface PageBodyOptions {
  readonly world: World;
  /** The encoding the caller asked for. */
  readonly form: MessageForm;
  /** The response message, for field numbers. */
  readonly output: MessageShape;
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

function jsonEncoder({ indices, now, listMetadata }: Page, { world }: PageBodyOptions): PartEncoder {
  const tail = `"listMetadata":${JSON.stringify(listMetadata)}}`;
  return ({ from, until }) => {
    if (indices.length === 0) return Buffer.from(`{${tail}`);
    let text = from === 0 ? '{"sessions":[' : ',';
    for (let place = from; place < until; place += 1) {
      if (place > from) text += ',';
      text += world.json(indices[place] ?? 0, now);
    }
    return Buffer.from(until === indices.length ? `${text}],${tail}` : text);
  };
}

const NO_TAIL = new Uint8Array();

function binaryEncoder(page: Page, { world, output }: PageBodyOptions): PartEncoder {
  const { encodeSessions, metadata } = binaryPartsOf(world, output);
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
  const made: BinaryParts = {
    encodeSessions: createSessionsEncoder(world, sessions) ?? objectEncoder(world, sessions),
    metadata: { ...output, fields: [fieldOf(output, 'listMetadata')] },
  };
  ofWorld.set(output, made);
  return made;
}

/** Takes sessions of any shape, at several times the price. */
function objectEncoder(world: World, field: FieldShape): SessionsEncoder {
  const shape: MessageShape = { typeName: field.name, fields: [field] };
  return ({ indices, from, until, now, tail }) => {
    const sessions = indices.slice(from, until).map((index) => world.at(index, now));
    return Buffer.concat([messageToBinary(shape, { sessions }), tail]);
  };
}

function fieldOf(message: MessageShape, jsonName: string): FieldShape {
  const field = message.fields.find((candidate) => candidate.jsonName === jsonName);
  if (field?.number === undefined) {
    throw new TypeError(`${message.typeName} has no field ${jsonName} with a number`);
  }
  return field;
}
