import { describe, expect, it } from 'vitest';
import { readBulkAnswer } from './bulk-answer.ts';

const items = [
  { index: 7, text: 'seven' },
  { index: 8, text: 'eight' },
  { index: 9, text: 'nine' },
];
const read = (json: unknown) => readBulkAnswer('target', json, items);

describe('a bulk answer', () => {
  it('without errors confirms everything, whatever else it holds', () => {
    expect(read({ errors: false, items: [] })).toEqual({ busy: [], rejected: [] });
  });

  it('parts the busy from the rejected by status, whatever the action is called', () => {
    const json = {
      errors: true,
      items: [
        { index: { _id: 'a', status: 429 } },
        { create: { _id: 'b', status: 400, error: { type: 't', reason: 'bad\n field' } } },
        { index: { _id: 'c', status: 201 } },
      ],
    };
    expect(read(json)).toEqual({ busy: [items[0]], rejected: [{ id: 'b', reason: 'bad field' }] });
  });

  it('names a document without an id by its number', () => {
    const json = {
      errors: true,
      items: [{ create: { status: 500 } }, { create: { status: 201 } }, { create: { status: 201 } }],
    };
    expect(read(json).rejected).toEqual([{ id: 'number 7', reason: 'HTTP 500' }]);
  });

  it.each([[undefined], ['<html>'], [{}], [{ errors: 'no' }], [[]]])('%j is none', (json) => {
    expect(() => read(json)).toThrow('target refused the load: its answer is not one to a bulk request');
  });

  it('with errors for other documents than were sent is refused', () => {
    const json = { errors: true, items: [{ index: { status: 404, error: 'no such index' } }] };
    expect(() => read(json)).toThrow('without saying for which sessions: no such index');
  });
});
