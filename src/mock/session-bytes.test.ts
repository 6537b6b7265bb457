import { describe, expect, it } from 'vitest';
import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import { loadBuiltInDocument } from '../files/built-in-document.ts';
import { loadWorld } from '../files/load-world.ts';
import { operationsOf } from '../openapi/operations.ts';
import type { World } from '../world/world.ts';
import { pageToBody } from './page-body.ts';
import { createSessionsEncoder } from './session-bytes.ts';

const NO_TAIL = new Uint8Array();
const NOW = Date.parse('2026-01-15T12:00:00Z');

async function response(): Promise<{ output: MessageShape; sessions: FieldShape; session: MessageShape }> {
  const [operation] = operationsOf(await loadBuiltInDocument()).filter(({ procedure }) => procedure);
  const output = operation?.procedure?.output;
  const sessions = output?.fields.find(({ jsonName }) => jsonName === 'sessions');
  if (output === undefined || typeof sessions?.type !== 'object') throw new Error('no sessions');
  return { output, sessions, session: sessions.type };
}

function world(): Promise<World> {
  return loadWorld({ scenario: 'startup', seed: 7, now: NOW, days: 3 });
}

function withFields(sessions: FieldShape, session: MessageShape, fields: readonly FieldShape[]): FieldShape {
  return { ...sessions, type: { ...session, fields } };
}

describe('sessions from columns', () => {
  it('are the bytes of the objects, in any order of indices, at any now', async () => {
    const { sessions } = await response();
    const seen = await world();
    const encode = createSessionsEncoder(seen, sessions);
    const count = seen.count(NOW);
    const orders = [
      Array.from({ length: count }, (_, index) => count - 1 - index),
      Array.from({ length: count }, (_, index) => index),
      Array.from({ length: count }, (_, index) => (index * 7919) % count),
      [],
    ];
    for (const indices of orders) {
      for (const now of [NOW, NOW - 3_600_000, NOW + 86_400_000]) {
        const expected = messageToBinary(
          { typeName: 'a.Page', fields: [sessions] },
          { sessions: indices.map((index) => seen.at(index, now)) },
        );
        const bytes = encode?.({ indices, from: 0, until: indices.length, now, tail: NO_TAIL }) ?? [];
        expect(Buffer.compare(Buffer.from(bytes), expected)).toBe(0);
      }
    }
  });

  it('follow the field numbers of the document', async () => {
    const { sessions, session } = await response();
    const seen = await world();
    const renumbered = session.fields.map((field) => ({ ...field, number: 3000 - (field.number ?? 0) * 20 }));
    const field = withFields({ ...sessions, number: 77 }, session, renumbered);
    const bytes = createSessionsEncoder(
      seen,
      field,
    )?.({ indices: [5, 4, 3], from: 1, until: 3, now: NOW, tail: NO_TAIL });
    const objects = [4, 3].map((index) => seen.at(index, NOW));
    expect(bytes).toEqual(messageToBinary({ typeName: 'a.Page', fields: [field] }, { sessions: objects }));
  });

  it('leave fields without a number to JSON, and a message with others to the objects', async () => {
    const { output, sessions, session } = await response();
    const seen = await world();
    const risk: FieldShape = { name: 'risk', jsonName: 'risk', repeated: false, type: 'int32' };
    expect(createSessionsEncoder(seen, withFields(sessions, session, [...session.fields, risk]))).toBeTypeOf(
      'function',
    );
    const numbered = withFields(sessions, session, [...session.fields, { ...risk, number: 12 }]);
    expect(createSessionsEncoder(seen, numbered)).toBeUndefined();
    const page = { indices: [2, 1], now: NOW, listMetadata: { count: 2 }, warnings: [] };
    const fields = output.fields.map((field) => (field.jsonName === 'sessions' ? numbered : field));
    const shape = { ...output, fields };
    const { indices, listMetadata } = page;
    const objects = indices.map((index) => seen.at(index, NOW));
    expect(pageToBody(page, { world: seen, form: 'proto', output: shape })).toEqual(
      messageToBinary(shape, { sessions: objects, listMetadata }),
    );
  });
});
