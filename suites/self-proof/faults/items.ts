import type { Fault } from '../fault.ts';
import { inAnswer } from './row.ts';

const document = 'with-items';

/** Faults in lines of JSON and in server-sent events: `documents/with-items.oas.yaml`. */
export const itemFaults: readonly Fault[] = [
  inAnswer(412, {
    name: 'items/line-of-another-type',
    says: 'The second line of a sequence has a number where a text is declared',
    document,
    tamper: { do: 'body', text: '{"job":"a","done":1}\n{"job":2,"done":1}\n' },
    check: 'items',
  }),
  inAnswer(412, {
    name: 'items/line-lacks-a-property',
    says: 'A line lacks what its schema requires',
    document,
    tamper: { do: 'body', text: '{"job":"a","done":1}\n{"job":"b"}\n{"job":"c","done":0}\n' },
    check: 'items',
  }),
  inAnswer(412, {
    name: 'items/line-breaks-off',
    says: 'The last line breaks off',
    document,
    tamper: { do: 'body', text: '{"job":"a","done":1}\n{"job":"b","do' },
    check: 'items',
  }),
  inAnswer(412, {
    name: 'items/list-instead-of-lines',
    says: 'All items come in one list instead of in lines',
    document,
    tamper: { do: 'body', text: '[{"job":"a","done":1},{"job":"b","done":0}]' },
    check: 'items',
  }),
  inAnswer(500, {
    name: 'items/event-out-of-bounds',
    says: 'The data of an event is above the maximum',
    document,
    tamper: { do: 'body', text: 'data: {"job":"a","done":1}\n\ndata: {"job":"a","done":100}\n\n' },
    check: 'items',
  }),
  inAnswer(500, {
    name: 'items/event-of-text',
    says: 'The data of an event is text where JSON is declared',
    document,
    tamper: { do: 'body', text: 'data: the job failed\n\n' },
    check: 'items',
  }),
];
