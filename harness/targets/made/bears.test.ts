import { describe, expect, it } from 'vitest';
import { bearsMark } from './bears.ts';

const mark = '5f1c';
const shown = (value: unknown, id?: string): boolean =>
  bearsMark(typeof value === 'string' ? value : JSON.stringify(value), {
    marks: [mark, 'other'],
    ...(id === undefined ? {} : { id }),
  });

describe('a resource that a body shows', () => {
  it.each([
    ['with the mark in its name', { id: 7, name: `x-${mark}` }],
    ['within an envelope', { data: { id: '7', attributes: { name: mark } } }],
    ['among others', [{ id: 6 }, { id: 7, name: mark }]],
    ['without its id', { name: mark }],
    ['in a text that is no JSON', `<thing><name>${mark}</name></thing>`],
  ])('is of this run: %s', (_, body) => {
    expect(shown(body, '7')).toBe(true);
  });

  it.each([
    ['without the mark', { id: 7, name: 'theirs' }],
    ['where only another one has it', { id: 7, name: 'theirs', related: 6, more: [] }],
    ['where another one of the list has it', [{ id: 7 }, { id: 6, name: mark }]],
    ['where what stands beside it has it', { created: { id: 7, name: 'theirs' }, request: { name: mark } }],
    ['in a list that does not name it', [{ name: mark }]],
    ['in no body', ''],
    ['in no object', '7'],
  ])('is not shown to be: %s', (_, body) => {
    expect(shown(body, '7')).toBe(false);
  });
});
