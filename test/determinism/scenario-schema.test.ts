import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readFixture, readScenario, SCENARIO_NAMES } from './fixture-world.ts';

const validate = compileSchema();
const OUTAGE = readScenario('incident').incidents.find(({ kind }) => kind === 'outage');
const { space: _, ...withoutSpace } = OUTAGE ?? { space: '' };

function compileSchema(): ValidateFunction {
  const schema = readFixture('scenarios/scenario.schema.json');
  if (typeof schema !== 'object' || schema === null) throw new TypeError('the schema is not an object');
  return new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);
}

describe('scenario.schema.json', () => {
  it.each(SCENARIO_NAMES)('accepts the file of %s and the whole scenario behind it', (name) => {
    validate(readFixture(`scenarios/${name}.json`));
    expect(validate.errors).toBeNull();
    validate(readScenario(name));
    expect(validate.errors).toBeNull();
  });

  it.each([
    ['an unknown member', { speed: 2 }],
    [
      'an unknown technology',
      { flows: [{ name: 'x', kind: 'bi', perDay: 1, shape: 'flat', technologies: ['oracle'] }] },
    ],
    ['a rate below 0', { flows: [{ name: 'x', kind: 'bi', perDay: -1, shape: 'flat', technologies: [] }] }],
    ['a bucket of 7 minutes', { bucketMinutes: 7 }],
    ['a share above 1', { shares: { sidecar: 2, forgotten: 0, quiet: 0, externalIds: 0 } }],
    ['no zone', { zones: [] }],
    ['an outage without a space', { incidents: [withoutSpace] }],
    ['a brute force without native users', { incidents: [{ ...OUTAGE, kind: 'brute-force' }] }],
    ["an incident at 25 o'clock", { incidents: [{ ...OUTAGE, at: '25:00' }] }],
  ])('refuses %s', (_, change) => {
    expect(validate({ ...readScenario('startup'), ...change })).toBe(false);
  });

  it('refuses a file that is neither whole nor an extension', () => {
    expect(validate({ name: 'mine' })).toBe(false);
    expect(validate({ name: 'mine', extends: 'startup' })).toBe(true);
  });
});
