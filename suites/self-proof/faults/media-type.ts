import type { Fault } from '../fault.ts';
import { errors, inAnswer } from './row.ts';

/** The label of the body. */
export const mediaTypeFaults: readonly Fault[] = [
  labelled('text-plain', 'text/plain', 'Errors are JSON and labelled as plain text'),
  labelled('text-html', 'text/html; charset=utf-8', 'Errors are JSON and labelled as HTML'),
  labelled(
    'problem-json',
    'application/problem+json',
    'Errors are labelled as problem details, which are not declared',
  ),
  labelled('text-json', 'text/json', 'Errors are labelled text/json, which is no registered type'),
  labelled('octets', 'application/octet-stream', 'Errors are labelled as bytes of no known kind'),
  labelled('javascript', 'application/javascript', 'Errors are labelled as a script that browsers run'),
  labelled('vendor', 'application/vnd.pinecone.v1+json', 'Errors are labelled with a media type of their own'),
  labelled('no-type', 'json', 'Errors are labelled "json", which is no media type'),
  labelled('two-in-one', 'application/json, text/html', 'Errors are labelled with two media types in one header'),
  labelled('empty', '', 'Errors have a Content-Type without a value'),
  inAnswer(errors, {
    name: 'media-type/missing',
    says: 'Errors have a body and no Content-Type',
    tamper: { do: 'no-header', name: 'Content-Type' },
    check: 'media-type',
  }),
  inAnswer(404, {
    name: 'media-type/404-only',
    says: 'Only the 404 is labelled as plain text',
    tamper: { do: 'header', name: 'Content-Type', value: 'text/plain' },
    check: 'media-type',
  }),
  charset('latin-1', 'iso-8859-1', 'The label says that the JSON is Latin-1'),
  charset('utf-16', 'utf-16', 'The label says that the JSON is UTF-16'),
  charset('windows', '"windows-1252"', 'The label says that the JSON is in a code page of Windows'),
  charset('unknown', 'klingon', 'The label names a charset that nobody knows'),
  {
    ...charset('utf8', 'utf8', 'The label says utf8, which everybody understands and no registry has'),
    caughtBy: { check: 'charset', case: 'delete_backup/404/**', as: 'advice' },
    violates: [],
  },
  inAnswer(404, {
    name: 'media-type/twice',
    says: 'The 404 has its Content-Type twice',
    tamper: { do: 'second-header', name: 'Content-Type', value: 'application/json' },
    check: 'content-type-once',
  }),
  inAnswer(412, {
    name: 'media-type/contradicting',
    says: 'The 412 has two Content-Types that contradict each other',
    tamper: { do: 'second-header', name: 'content-type', value: 'text/html' },
    check: 'content-type-once',
  }),
  inAnswer(202, {
    name: 'media-type/on-nothing',
    says: 'A 202 without content has a Content-Type',
    tamper: { do: 'header', name: 'Content-Type', value: 'application/json' },
    check: 'no-content',
  }),
  inAnswer(202, {
    name: 'media-type/empty-object',
    says: 'A 202 has an empty JSON object where no content is declared',
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'application/json' },
      { do: 'body', text: '{}' },
    ],
    check: 'no-content',
  }),
  inAnswer(202, {
    name: 'media-type/null',
    says: 'A 202 has the body null where no content is declared',
    tamper: { do: 'body', text: 'null' },
    check: 'no-content',
  }),
  inAnswer(202, {
    name: 'media-type/job',
    says: 'A 202 describes a deletion job that the document does not declare',
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'application/json' },
      { do: 'body', text: '{"status":"Terminating","backup_id":"{id}"}' },
    ],
    check: 'no-content',
  }),
  inAnswer(202, {
    name: 'media-type/line-feed',
    says: 'A 202 has a body of one line feed where no content is declared',
    tamper: { do: 'body', text: '\n' },
    check: 'no-content',
  }),
  inAnswer(202, {
    name: 'media-type/chunked-text',
    says: 'A 202 has a chunked body that says Accepted',
    tamper: [
      { do: 'body', text: 'Accepted' },
      { do: 'frame', as: 'chunked' },
    ],
    check: 'no-content',
  }),
];

function labelled(name: string, value: string, says: string): Fault {
  return inAnswer(errors, {
    name: `media-type/${name}`,
    says,
    tamper: { do: 'header', name: 'Content-Type', value },
    check: 'media-type',
  });
}

function charset(name: string, value: string, says: string): Fault {
  return inAnswer(404, {
    name: `media-type/charset-${name}`,
    says,
    tamper: { do: 'header', name: 'Content-Type', value: `application/json; charset=${value}` },
    check: 'charset',
  });
}
