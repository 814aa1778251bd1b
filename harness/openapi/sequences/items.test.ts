import { describe, expect, it } from 'vitest';
import type { SequenceFormat } from './format.ts';
import type { Item } from './item.ts';
import { itemReader, itemsIn } from './items.ts';

const shown = (item: Item | undefined): unknown => (item?.kind === 'event' ? item.fields : item?.text);
const wholeOf = (format: SequenceFormat, text: string): readonly unknown[] => itemsIn(format, text).whole.map(shown);

/** The examples of the HTML standard, section 9.2.6. */
describe('the events of a stream', () => {
  it.each([
    ['lines of data are joined', 'data: YHOO\ndata: +2\ndata: 10\n\n', [{ data: 'YHOO\n+2\n10' }]],
    [
      'comments, ids and no ids',
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
      [{ data: 'first event', id: '1' }, { data: 'second event', id: '' }, { data: ' third event' }],
    ],
    [
      'data without a value, and an event that is not ended',
      'data\n\ndata\ndata\n\ndata:',
      [{ data: '' }, { data: '\n' }],
    ],
    ['one space is left out', 'data:test\n\ndata: test\n\n', [{ data: 'test' }, { data: 'test' }]],
    ['each kind of line end', 'data: a\r\rdata: b\r\n\r\ndata: c\n\n', [{ data: 'a' }, { data: 'b' }, { data: 'c' }]],
    ['a byte order mark', '\ufeffdata: a\n\n', [{ data: 'a' }]],
    ['types, and fields that nobody knows', 'event: add\nx: y\ndata: 1\n\n', [{ event: 'add', data: '1' }]],
    ['an id with a zero, and a retry that is no number', 'id: a\0b\nretry: 1s\ndata: 1\n\n', [{ data: '1' }]],
    ['retry within an event', 'retry: 10\ndata: 1\n\n', [{ data: '1', retry: 10 }]],
    ['retry alone', 'retry: 10\n\ndata: 1\n\n', [{ data: '1' }]],
  ])('%s', (_, text, want) => {
    expect(wholeOf('events', text)).toEqual(want);
  });

  it('are none where no line is one of the format', () => {
    expect(itemsIn('events', '<html>\n\n</html>').meaningless).toBe(true);
    expect(itemsIn('events', '<html>\n: comment\n').meaningless).toBe(false);
    expect(itemsIn('events', '\n').meaningless).toBe(false);
  });
});

describe('the texts of a sequence', () => {
  it('may hold line feeds', () => {
    expect(wholeOf('json-seq', '\u001e{\n"a":1}\n\u001e2\n')).toEqual(['{\n"a":1}\n', '2\n']);
  });

  it('are whole when the next one begins, or at a line feed after JSON', () => {
    const { whole, rest } = itemsIn('json-seq', '\u001e{"a":1}\u001e{"b":\n');
    expect([whole.map(shown), shown(rest)]).toEqual([['{"a":1}'], '{"b":\n']);
  });
});

it.each([
  ['json-lines', '{"a":1}\r\n\n{"b":2}\n{"c'],
  ['json-seq', '\u001e{"a":1}\n\u001e\u001e{\n"b":2}\n\u001e{"c'],
  ['events', 'retry: 1\r\nid: 1\rdata: a\ndata: ü\r\n\r\ndata: b\r\rdata: c'],
] as const)('%s are the same in whatever parts they come', (format, text) => {
  const want = itemsIn(format, text);
  for (let size = 1; size < text.length; size += 1) {
    const reader = itemReader(format);
    for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
    const rest = reader.end();
    expect([reader.whole, rest]).toEqual([want.whole, want.rest]);
  }
  expect(want.whole).toHaveLength(2);
  expect(want.rest).toBeDefined();
});
