import type { Fault } from '../fault.ts';
import { inAnswer } from './row.ts';

const document = 'with-ranges';

/** Faults under media ranges, and in a header that is declared by `content`: `documents/with-ranges.oas.yaml`. */
export const rangeFaults: readonly Fault[] = [
  inAnswer(404, {
    name: 'range/any-type-unfit',
    says: 'Any type is declared for the 404; its JSON has no error in it',
    document,
    tamper: { do: 'without', at: '/error' },
    check: 'schema',
  }),
  inAnswer(404, {
    name: 'range/any-type-broken',
    says: 'Any type is declared for the 404; its JSON breaks off',
    document,
    tamper: { do: 'body', text: '{"error":' },
    check: 'json',
  }),
  inAnswer(404, {
    name: 'range/any-type-empty',
    says: 'Any type is declared for the 404; it has neither a body nor a type',
    document,
    tamper: [
      { do: 'body', text: '' },
      { do: 'no-header', name: 'Content-Type' },
    ],
    check: 'json',
  }),
  inAnswer(404, {
    name: 'range/any-type-page',
    says: 'Any type is declared for the 404; it is a page of HTML, which no schema can be applied to',
    document,
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'text/html' },
      { do: 'body', text: '<!doctype html><title>Not found</title>' },
    ],
    check: 'not-judged',
    as: 'advice',
  }),
  inAnswer(412, {
    name: 'range/application-unfit',
    says: "Any application's type is declared for the 412; its JSON has a status of text",
    document,
    tamper: { do: 'json', at: '/status', to: '412' },
    check: 'schema',
  }),
  inAnswer(412, {
    name: 'range/application-in-plain-text',
    says: "Any application's type is declared for the 412; it is plain text",
    document,
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'text/plain' },
      { do: 'body', text: 'pending' },
    ],
    check: 'media-type',
  }),
  inAnswer(500, {
    name: 'range/header-by-content',
    says: 'A header that is declared as JSON lacks what its schema requires',
    document,
    tamper: { do: 'header', name: 'X-Attempts', value: '{"attempts":2}' },
    check: 'declared-headers',
  }),
  inAnswer(500, {
    name: 'range/header-no-json',
    says: 'A header that is declared as JSON is a word',
    document,
    tamper: { do: 'header', name: 'X-Attempts', value: 'twice' },
    check: 'declared-headers',
  }),
  inAnswer(404, {
    name: 'schema/write-only',
    says: 'The error has a property that is declared as writeOnly',
    document,
    tamper: { do: 'json', at: '/error/trace', to: 'gateway' },
    check: 'write-only',
    as: 'advice',
  }),
];
