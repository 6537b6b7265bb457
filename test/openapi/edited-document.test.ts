import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { generateValue } from '../../src/openapi/generate-value.ts';
import { type LoadedDocument, parseDocument } from '../../src/openapi/loaded-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { propertiesOf, propertyKeyword, schemaAt, schemaPointer } from '../../src/openapi/schema-view.ts';

/** openapi.yaml with one passage replaced. */
async function edited(from: string, to: string): Promise<LoadedDocument> {
  const text = await readFile('openapi.yaml', 'utf8');
  if (!text.includes(from)) throw new Error(`openapi.yaml has no ${from}`);
  return parseDocument({ file: 'edited.yaml', text: text.replace(from, to) });
}

const REQUEST = schemaPointer('ListSessionsV2Request');

describe('whoever edits openapi.yaml', () => {
  it('and lowers the maximum of limit is obeyed', async () => {
    const document = await edited('maximum: 100000', 'maximum: 20');
    const messages = compileValidator(document, REQUEST)({ limit: 21 }).map(({ message }) => message);
    expect(messages).toEqual(['limit must be <= 20 (got 21)']);
    expect(propertyKeyword(document, { schemaRef: REQUEST, property: 'limit' }, 'maximum')).toBe(20);
  });

  it('and adds a property to SessionObject gets values for it, in JSON only', async () => {
    const property = '        riskScore: { type: number, minimum: 0, maximum: 1 }\n';
    const document = await edited('        parentSessionId:\n', `${property}        parentSessionId:\n`);
    const session = schemaPointer('SessionObject');
    const added = propertiesOf(document.root, schemaAt(document.root, session)).find(
      ({ name }) => name === 'riskScore',
    );
    const values = ['a', 'b', 'c'].map((key) =>
      generateValue(document, added?.pointer ?? '', { key, name: 'riskScore' }),
    );
    expect(new Set(values).size).toBe(3);
    const closed = compileValidator(document, session, { mode: 'closed' });
    expect(values.flatMap((riskScore) => closed({ riskScore }))).toEqual([]);
    const field = messageShape(document, 'SessionObject').fields.find(
      ({ jsonName }) => jsonName === 'riskScore',
    );
    expect(field).toEqual({ name: 'risk_score', jsonName: 'riskScore', repeated: false, type: 'double' });
  });

  it('and renames the key header gets the new one', async () => {
    const [operation] = operationsOf(await edited('name: X-API-KEY', 'name: X-Other-Key'));
    expect(operation?.security).toEqual([
      [{ kind: 'apiKey', id: 'ApiKeyAuth', in: 'header', name: 'X-Other-Key' }],
    ]);
  });

  it('and adds an operation gets it, with answers of its schema', async () => {
    const operation = `  /v1/policies/{policyId}:
    get:
      operationId: getPolicy
      responses:
        "200":
          description: A policy
          content:
            application/json:
              schema: { type: object, required: [id, owner], properties: { id: { type: string }, owner: { type: string } } }
`;
    const document = await edited('\ncomponents:\n', `\n${operation}components:\n`);
    const added = operationsOf(document).find(({ id }) => id === 'getPolicy');
    const schemaRef = added?.responses[0]?.content[0]?.schemaRef ?? '';
    const value = generateValue(document, schemaRef, { key: 'a', given: { id: 'policy_1' } });
    expect(value).toEqual({ id: 'policy_1', owner: expect.stringMatching(/^[A-Z]\w+ [A-Z]\w+$/) });
  });

  it('and writes an assertion nobody knows is told so, with its place', async () => {
    await expect(edited('maximum: 100000', 'maximun: 100000')).rejects.toThrow(
      /^edited\.yaml:\d+:\d+ #\/components\/schemas\/ListSessionsV2Request\/properties\/limit\/maximun: unknown keyword "maximun" \(did you mean "maximum"\?\)$/,
    );
  });

  it('and adds x-extensions anywhere is left alone', async () => {
    const document = await edited('maximum: 100000', 'maximum: 100000\n          x-team: { any: thing }');
    expect(operationsOf(document)).toHaveLength(2);
  });
});
