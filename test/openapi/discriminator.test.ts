import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { generateValue } from '../../src/openapi/generate-value.ts';
import { isJsonObject, type JsonObject } from '../../src/openapi/schema-object.ts';
import { documentOf } from './build-document.ts';

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const text = { type: 'string' };

/** 40 valid values of a schema. */
function many(schemas: Record<string, unknown>, name: string): JsonObject[] {
  const document = documentOf(schemas);
  const validate = compileValidator(document, ref(name).$ref);
  return Array.from({ length: 40 }, (_, index) => {
    const value = generateValue(document, ref(name).$ref, { key: `k${index}` });
    expect(validate(value)).toEqual([]);
    if (!isJsonObject(value)) throw new Error('no object');
    return value;
  });
}

/** Which names came with which other property. */
function pairs(values: readonly JsonObject[], property: string, others: readonly string[]): string[] {
  return [
    ...new Set(values.map((value) => `${value[property]}: ${others.find((name) => name in value)}`)),
  ].toSorted();
}

describe('the discriminator of alternatives', () => {
  const Card = { type: 'object', required: ['type', 'last4'], properties: { type: text, last4: text } };
  const Debit = { type: 'object', required: ['type', 'iban'], properties: { type: text, iban: text } };

  it.each(['oneOf', 'anyOf'])('names the branch by its mapping (%s)', (keyword) => {
    const Payment = {
      [keyword]: [ref('Card'), ref('Debit')],
      discriminator: { propertyName: 'type', mapping: { card: ref('Card').$ref, sepa_debit: 'Debit' } },
    };
    expect(pairs(many({ Payment, Card, Debit }, 'Payment'), 'type', ['last4', 'iban'])).toEqual([
      'card: last4',
      'sepa_debit: iban',
    ]);
  });

  it('names the branch by its schema where there is no mapping, also where it is optional', () => {
    const Loose = { type: 'object', required: ['iban'], properties: { type: text, iban: text } };
    const Payment = { oneOf: [ref('Card'), ref('Loose')], discriminator: { propertyName: 'type' } };
    expect(pairs(many({ Payment, Card, Loose }, 'Payment'), 'type', ['last4', 'iban'])).toEqual([
      'Card: last4',
      'Loose: iban',
    ]);
  });

  it('gives way to what the branch itself says', () => {
    const Own = { type: 'object', required: ['type'], properties: { type: { const: 'own' } } };
    const Payment = { oneOf: [ref('Own')], discriminator: { propertyName: 'type', mapping: { x: 'Own' } } };
    expect(many({ Payment, Own }, 'Payment')[0]).toEqual({ type: 'own' });
  });
});

describe('the discriminator of a schema that others extend', () => {
  const Pet = {
    type: 'object',
    required: ['petType', 'name'],
    properties: { petType: text, name: text },
    discriminator: { propertyName: 'petType', mapping: { dog: ref('Dog').$ref } },
  };
  const Cat = { allOf: [ref('Pet'), { required: ['lives'], properties: { lives: { type: 'integer' } } }] };
  const Dog = { allOf: [ref('Pet')], required: ['bark'], properties: { bark: text } };
  const Puppy = { allOf: [ref('Dog'), { required: ['weeks'], properties: { weeks: { type: 'integer' } } }] };
  const schemas = { Pet, Cat, Dog, Puppy };

  it('makes an answer one of them, with its name', () => {
    expect(pairs(many(schemas, 'Pet'), 'petType', ['lives', 'weeks', 'bark'])).toEqual([
      'Cat: lives',
      'Puppy: weeks',
      'dog: bark',
    ]);
  });

  it('is right where a property or an item is one of them', () => {
    const values = many({ ...schemas, Home: { required: ['pet'], properties: { pet: ref('Pet') } } }, 'Home');
    const pets = values.map(({ pet }) => (isJsonObject(pet) ? pet : {}));
    expect(pairs(pets, 'petType', ['lives', 'weeks', 'bark'])).toHaveLength(3);
  });

  it('names an answer that is one of them by itself', () => {
    expect(pairs(many(schemas, 'Cat'), 'petType', ['lives'])).toEqual(['Cat: lives']);
    expect(pairs(many(schemas, 'Puppy'), 'petType', ['weeks'])).toEqual(['Puppy: weeks']);
  });

  it('and of the alternatives of which it is one', () => {
    const Any = { oneOf: [ref('Cat'), ref('Dog')], discriminator: Pet.discriminator };
    expect(pairs(many({ ...schemas, Any }, 'Any'), 'petType', ['lives', 'bark'])).toEqual([
      'Cat: lives',
      'dog: bark',
    ]);
  });
});
