import type { Variation } from './variation.ts';
import { withoutPermission } from './proof.ts';

const api = '2026-07';
const unauthorized = { status: [401] };
const forbidden = { status: [403] };

/** Legal ways to answer by the document of 2026-07, whose 401 is plain text and which declares 403 and no 412. */
export const newestVariations: readonly Variation[] = [
  { name: '2026-07', says: 'The mock of 2026-07, as it is', api, on: {}, tamper: [] },
  {
    name: '2026-07-text-charset',
    says: 'The text of a 401 names its charset (RFC 2046 §4.1.2)',
    api,
    on: unauthorized,
    tamper: { do: 'header', name: 'Content-Type', value: 'text/plain; charset=utf-8' },
  },
  {
    name: '2026-07-other-text',
    says: 'The text of a 401 is worded otherwise, in two lines and with quotes in it',
    api,
    on: unauthorized,
    tamper: { do: 'body', text: 'Give a key in "Api-Key".\nThe key is missing or unknown.' },
  },
  {
    name: '2026-07-other-permission',
    says: 'The message of a 403 names the permission of this operation, and the id that was asked for',
    api,
    on: forbidden,
    tamper: { do: 'json', at: '/error/message', to: 'Permission control::backups::delete is required for {id}' },
  },
  {
    name: '2026-07-locked-409',
    says: 'A locked backup is refused with a 4xx that is not declared',
    api,
    on: { path: /pending-/, status: [202], header: ['Api-Key', new RegExp(`^(?!${withoutPermission})`)] },
    tamper: [
      { do: 'keep' },
      {
        do: 'answer',
        status: 409,
        json: { error: { code: 'ABORTED', message: 'Restore jobs are pending.' }, status: 409 },
      },
    ],
  },
];
