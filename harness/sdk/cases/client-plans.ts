import type { Operation } from '../../model/document.ts';
import { keyHeader, versionHeader } from '../server/wire-headers.ts';
import type { Reply } from '../server/script.ts';
import { addedVersion, type ClientRow, otherKey } from './client-row.ts';
import type { ClientUse } from './client-use.ts';
import { environmentRows } from './environment-plans.ts';
import type { SdkPlan } from './sdk-case.ts';
import { usualDeadlineMs } from './sdk-case.ts';

interface ClientReplies {
  readonly accepted: Reply;
  readonly notFound: Reply;
}

/** Ordinary answers to clients that are made or used in another way than the ordinary one. */
export function clientPlans(operation: Operation, value: string, replies: ClientReplies): readonly SdkPlan[] {
  const rows = [
    ...baseUrlRows,
    ...headerRows,
    ...environmentRows,
    ...reuseRows(replies),
    cancelRow,
    twoClientsRow(value, replies),
  ];
  return rows.map(({ name, ...row }) => ({
    reply: replies.accepted,
    refusal: 'forbidden',
    deadlineMs: usualDeadlineMs,
    ...row,
    id: `sdk/${operation.id}/client/${name}`,
    group: 'client',
    value,
    at: operation.at,
  }));
}

const baseUrlRows: readonly ClientRow[] = [
  ...(
    [
      ['final-slash', 'a slash at the end of the base URL'],
      ['path-prefix', 'a base URL with a path'],
      ['prefix-and-slash', 'a base URL with a path and a slash at its end'],
    ] as const
  ).map(([base, title]): ClientRow => ({
    name: `base-url-${base}`,
    title,
    requirement: 'The path of the operation is put behind the path of the base URL, with one slash between them.',
    needs: ['base_url_forms'],
    use: { base },
  })),
  {
    name: 'base-url-bare-host',
    title: 'a host and port without http:// or https://',
    requirement: 'The host is spoken to with TLS, or the client refuses it: the key never goes out in plain text.',
    needs: ['base_url_forms'],
    refusal: 'allowed',
    use: { base: 'bare-host' },
  },
];

const headerRows: readonly ClientRow[] = [
  header('additional-header', 'a header that the user adds', { 'X-Trace-Id': 'trace-0001' }),
  header('additional-api-key', 'the user adds an Api-Key', { [keyHeader]: otherKey }),
  header('additional-api-key-lower-case', 'the user adds an api-key in small letters', {
    [keyHeader.toLowerCase()]: otherKey,
  }),
  header('additional-version', 'the user adds a version in small letters', {
    [versionHeader.toLowerCase()]: addedVersion,
  }),
];

function header(name: string, title: string, headers: Readonly<Record<string, string>>): ClientRow {
  return {
    name,
    title,
    requirement:
      'What the user adds arrives. It neither doubles nor replaces the key of the client, and one version is sent, not two.',
    needs: ['headers'],
    use: { headers },
  };
}

function reuseRows({ accepted, notFound }: ClientReplies): readonly ClientRow[] {
  const row = (name: string, title: string, reply: Reply, situation?: SdkPlan['situation']): ClientRow => ({
    name,
    title,
    requirement: 'Both calls of the client end as their own answers say: what is left of an error disturbs nothing.',
    needs: ['repeat'],
    reply,
    ...(situation === undefined ? {} : { situation }),
    use: { again: accepted },
  });
  const large = { error: { code: 'NOT_FOUND', message: 'Not found.', details: 'x'.repeat(40 * 1024) }, status: 404 };
  const headers = [['Content-Type', 'application/json']] as const;
  const body = JSON.stringify(large);
  const means = { kind: 'error', status: 404 } as const;
  return [
    row('reuse-after-404', '404, and the same client calls again', notFound),
    row('reuse-after-large-404', '404 with a body of 40 KiB, and the same client calls again', {
      kind: 'answer',
      status: 404,
      headers,
      body,
      means,
    }),
    row(
      'reuse-after-cut-404',
      '404 that ends after 20 bytes of its body, and the same client calls again',
      {
        kind: 'answer',
        status: 404,
        headers,
        body,
        cut: { after: 20, how: 'close' },
        means: { kind: 'fault' },
      },
      'cut-short',
    ),
  ];
}

const cancelRow: ClientRow = {
  name: 'cancel',
  title: 'the user cancels a call that a silent server holds',
  requirement: 'The call ends with an error soon after it is cancelled, and the request is not sent again.',
  needs: ['cancel_after_ms'],
  reply: { kind: 'silence', means: { kind: 'fault' } },
  refusal: 'allowed',
  deadlineMs: 6000,
  use: { cancelAfterMs: 1000 },
};

function twoClientsRow(value: string, { accepted, notFound }: ClientReplies): ClientRow {
  const late = (reply: Reply): Reply => (reply.kind === 'answer' ? { ...reply, delayMs: 300 } : reply);
  return {
    name: 'two-clients',
    title: 'two clients with a key of their own call at the same time',
    requirement: 'Each request carries the key of its own client, and each call ends as its own answer says.',
    needs: ['second_client'],
    // How the error looks to the user is what other cases ask.
    reply: { ...late(notFound), means: { kind: 'fault' } },
    use: { beside: { value: `${value}-of-the-second`, reply: late(accepted) } } satisfies ClientUse,
  };
}
