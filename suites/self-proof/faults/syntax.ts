import type { Fault, Tamper } from '../fault.ts';
import { errors, inAnswer } from './row.ts';

/** Bodies that are not one strict JSON document in UTF-8. */
export const syntaxFaults: readonly Fault[] = [
  inAnswer(errors, {
    name: 'syntax/byte-order-mark',
    says: 'Errors begin with a byte order mark',
    tamper: { do: 'around', before: '\ufeff' },
    check: 'json',
  }),
  broken('utf-16le', 'The body is UTF-16', { do: 'encode', as: 'utf-16le' }),
  broken('utf-16be', 'The body is UTF-16 with a byte order mark', { do: 'encode', as: 'utf-16be' }),
  broken('latin-1', 'The body is Latin-1, with an umlaut that is no UTF-8', [
    { do: 'replace', text: 'not found', by: 'nicht verfügbar' },
    { do: 'encode', as: 'latin1' },
  ]),
  broken('overlong', 'The body has an overlong UTF-8 sequence', {
    do: 'bytes',
    hex: hexOf('{"error":{"code":"NOT_FOUND","message":"Backup ', [0xc0, 0xaf], ' not found."},"status":404}'),
  }),
  broken('encoded-surrogate', 'The body has a surrogate encoded as UTF-8', {
    do: 'bytes',
    hex: hexOf('{"error":{"code":"NOT_FOUND","message":"Backup ', [0xed, 0xa0, 0x80], ' not found."},"status":404}'),
  }),
  broken('half-a-surrogate', 'A message holds half of a surrogate pair', {
    do: 'body',
    text: String.raw`{"error":{"code":"NOT_FOUND","message":"Backup {id} \ud83d not found."},"status":404}`,
  }),
  broken('cut', 'The JSON breaks off, and the length says that this is all', {
    do: 'body',
    text: '{"error":{"code":"NOT_FOUND","message":"Backup {id} not fo',
  }),
  broken('trailing-text', 'Text follows the JSON', { do: 'around', after: ' -- request served by api-7' }),
  broken('two-documents', 'The body is two JSON documents, one after the other', {
    do: 'around',
    after: '{"error":{"code":"NOT_FOUND","message":"again"},"status":404}',
  }),
  broken('json-lines', 'The body is JSON lines', { do: 'around', after: '\n{"level":"error"}\n' }),
  broken('trailing-comma', 'The JSON has a comma before its last bracket', {
    do: 'body',
    text: '{"error":{"code":"NOT_FOUND","message":"Backup {id} not found.",},"status":404}',
  }),
  broken('nan', 'The JSON holds NaN', {
    do: 'body',
    text: '{"error":{"code":"NOT_FOUND","message":"Backup {id} not found."},"status":NaN}',
  }),
  broken('infinity', 'The JSON holds -Infinity', {
    do: 'body',
    text: '{"error":{"code":"NOT_FOUND","message":"Backup {id} not found.","details":{"size":-Infinity}},"status":404}',
  }),
  broken('python', 'The body is a Python dictionary', {
    do: 'body',
    text: `{'error': {'code': 'NOT_FOUND', 'message': 'Backup {id} not found.'}, 'status': 404}`,
  }),
  broken('unquoted', 'The JSON has names without quotes', {
    do: 'body',
    text: '{error:{code:"NOT_FOUND",message:"Backup {id} not found."},status:404}',
  }),
  broken('comment', 'The JSON has a comment in it', { do: 'around', before: '/* error */ ' }),
  broken('script-guard', 'A guard against script inclusion stands before the JSON', {
    do: 'around',
    before: ")]}',\n",
  }),
  broken('callback', 'The JSON is wrapped in a callback', { do: 'around', before: 'callback(', after: ');' }),
  broken('raw-line-feed', 'A message holds a line feed that is not escaped', {
    do: 'replace',
    text: ' not found',
    by: '\nnot found',
  }),
  broken('raw-nul', 'A NUL byte follows the JSON', { do: 'around', after: '\0' }),
  broken('leading-zero', 'The status in the body is written 0404', { do: 'replace', text: '404}', by: '0404}' }),
  broken('hexadecimal', 'The status in the body is written 0x194', { do: 'replace', text: '404}', by: '0x194}' }),
  broken('broken-escape', 'A message holds an escape that JSON does not know', {
    do: 'replace',
    text: ' not found',
    by: String.raw`\x20not found`,
  }),
  broken('twice-encoded', 'The JSON is a string that holds JSON', { do: 'encode', as: 'json-string' }),
  broken('empty', 'The body of the 404 is empty', { do: 'body', text: '' }),
  broken('white-space', 'The body of the 404 is white space', { do: 'body', text: ' \r\n' }),
  broken('html', 'The 404 is a page of HTML that says it is JSON', {
    do: 'body',
    text: '<!DOCTYPE html><html><head><title>404</title></head><body>Not Found</body></html>',
  }),
  broken('xml', 'The 404 is XML that says it is JSON', {
    do: 'body',
    text: '<?xml version="1.0"?><error><code>NOT_FOUND</code></error>',
  }),
  broken('words', 'The 404 is plain words that say they are JSON', { do: 'body', text: 'Not Found' }),
  broken('form', 'The 404 is a form that says it is JSON', { do: 'body', text: 'code=NOT_FOUND&status=404' }),
  broken('deep', 'The JSON nests so deep that parsers fail on it', {
    do: 'body',
    text: `{"error":{"code":"NOT_FOUND","message":"deep","details":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}},"status":404}`,
  }),
  {
    ...broken('code-twice', 'The error has two codes: parsers disagree on which one counts', {
      do: 'body',
      text: '{"error":{"code":"INTERNAL","code":"NOT_FOUND","message":"Backup {id} not found."},"status":404}',
    }),
    caughtBy: { check: 'duplicate-keys', case: 'delete_backup/404/**' },
  },
  {
    ...broken('status-twice', 'The body has two statuses, one of them spelt with an escape', {
      do: 'body',
      text: String.raw`{"status":500,"error":{"code":"NOT_FOUND","message":"Backup {id} not found."},"st\u0061tus":404}`,
    }),
    caughtBy: { check: 'duplicate-keys', case: 'delete_backup/404/**' },
  },
];

function broken(name: string, says: string, tamper: Tamper | readonly Tamper[]): Fault {
  return inAnswer(404, { name: `syntax/${name}`, says, tamper, check: 'json' });
}

function hexOf(before: string, bytes: readonly number[], after: string): string {
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]).toString('hex');
}
