import type { MessageJson } from '../connect/procedure.ts';
import { generateValue } from '../openapi/generate-value.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { itemsOf } from '../openapi/message-shape.ts';
import type { Operation } from '../openapi/operation.ts';
import { type PropertyAt, propertiesOf, type SchemaAt, schemaAt } from '../openapi/schema-view.ts';
import type { World } from '../world/world.ts';
import type { AnswerSource } from './answer-source.ts';
import { jsonContentOf, successOf } from './success-response.ts';

/** A session of the world, number `index` seen at `now`, with what the document adds to it. */
export type ExtendedSession = (index: number, now: number) => MessageJson;

/** What sessions are extended with. */
export interface AdditionOptions {
  readonly world: World;
  readonly answers: AnswerSource;
}

/**
 * Extends sessions by the properties that the document's SessionObject and its messages have and the world does not
 * know: seeded values of their schemas, the same for the same session, person, resource or connector. Properties the
 * document has taken away are left out. Undefined where the document's session is the world's.
 */
export function createSessionAdditions(
  operation: Operation,
  document: LoadedDocument,
  { world, answers }: AdditionOptions,
): ExtendedSession | undefined {
  const session = sessionSchema(operation, document);
  const plan = session === undefined ? undefined : planOf(document, session, KNOWN);
  if (plan === undefined) return undefined;
  return (index, now) => {
    // A SessionObject is a message in JSON form.
    const known = world.at(index, now) as MessageJson;
    const generate: Generate = ({ pointer, name }, owner) =>
      generateValue(document, pointer, {
        ...answers.optionsAt(`session ${owner}`, world.startAt(index)),
        name,
      });
    return extended(known, plan, { owner: String(known['id']), generate });
  };
}

/** The properties of a message that the world knows, by name; `true` for what is no message. */
interface KnownMessage {
  readonly [name: string]: true | KnownMessage;
}

const NAMED = { id: true, name: true } as const;
const USER_INFO: KnownMessage = { ...NAMED, email: true, type: true, groups: true, externalIds: true };

const KNOWN: KnownMessage = {
  id: true,
  startTime: true,
  endTime: true,
  duration: true,
  sessionStatus: true,
  network: { clientIpAddress: true, serverIpAddress: true },
  sidecar: { ...NAMED, technology: true },
  user: {
    type: true,
    username: true,
    formal: { user: USER_INFO, endUser: USER_INFO },
    native: { username: true },
  },
  resource: { ...NAMED, type: true, technology: true },
  connector: NAMED,
  parentSessionId: true,
};

/** What to do with one message. */
interface Plan {
  readonly added: readonly PropertyAt[];
  /** Names the document does not have any more. */
  readonly dropped: ReadonlySet<string>;
  readonly inner: ReadonlyMap<string, Plan>;
}

function sessionSchema(operation: Operation, { root }: LoadedDocument): SchemaAt | undefined {
  const answerRef = jsonContentOf(successOf(operation).response?.content ?? [])?.schemaRef;
  if (answerRef === undefined) return undefined;
  const sessions = propertiesOf(root, schemaAt(root, answerRef)).find(({ name }) => name === 'sessions');
  return sessions === undefined ? undefined : itemsOf(root, sessions);
}

function planOf(document: LoadedDocument, at: SchemaAt, known: KnownMessage): Plan | undefined {
  const properties = propertiesOf(document.root, at);
  // A schema without properties says nothing about them.
  if (properties.length === 0) return undefined;
  const names = new Set(properties.map(({ name }) => name));
  const added = properties.filter(({ name }) => !Object.hasOwn(known, name));
  const dropped = new Set(Object.keys(known).filter((name) => !names.has(name)));
  const inner = new Map<string, Plan>();
  for (const property of properties) {
    const message = Object.hasOwn(known, property.name) ? known[property.name] : undefined;
    const plan = typeof message === 'object' ? planOf(document, property, message) : undefined;
    if (plan !== undefined) inner.set(property.name, plan);
  }
  return added.length + dropped.size + inner.size === 0 ? undefined : { added, dropped, inner };
}

/** Fields of the binary form have no presence: their zero values are not sent. Source: measured. */
function isLeftOut({ schema }: PropertyAt, value: unknown): boolean {
  const isField = typeof schema === 'object' && schema['x-proto-field'] !== undefined;
  return isField && (value === '' || value === 0 || value === false || value === null || value === '0');
}

type Generate = (property: PropertyAt, owner: string) => unknown;

interface Extension {
  /** What the message is part of, where it has no name of its own. */
  readonly owner: string;
  readonly generate: Generate;
}

function extended(message: MessageJson, plan: Plan, { owner, generate }: Extension): MessageJson {
  const own = message['id'] ?? message['username'];
  const name = typeof own === 'string' ? own : owner;
  const kept = Object.entries(message).flatMap(([key, value]): [string, unknown][] => {
    if (plan.dropped.has(key)) return [];
    const inner = plan.inner.get(key);
    // The plan says that a message stands here.
    return [
      [key, inner === undefined ? value : extended(value as MessageJson, inner, { owner: name, generate })],
    ];
  });
  const added = plan.added.flatMap((property): [string, unknown][] => {
    const value = generate(property, name);
    return isLeftOut(property, value) ? [] : [[property.name, value]];
  });
  return Object.fromEntries([...kept, ...added]);
}
