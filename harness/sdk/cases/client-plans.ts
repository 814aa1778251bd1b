import type { Json, Operation } from '../../model/document.ts';
import { keyHeader, versionHeader } from '../server/wire-headers.ts';
import type { Reply } from '../server/script.ts';
import type { ClientUse } from './client-use.ts';
import type { SdkPlan } from './sdk-case.ts';
import { usualDeadlineMs } from './sdk-case.ts';

interface ClientReplies {
  readonly accepted: Reply;
  readonly notFound: Reply;
}

type Row = Pick<SdkPlan, 'title' | 'requirement'> &
  Partial<Pick<SdkPlan, 'reply' | 'needs' | 'refusal' | 'situation' | 'deadlineMs'>> & {
    readonly name: string;
    readonly use: ClientUse;
  };

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

const baseUrlRows: readonly Row[] = [
  ...(
    [
      ['final-slash', 'a slash at the end of the base URL'],
      ['path-prefix', 'a base URL with a path'],
      ['prefix-and-slash', 'a base URL with a path and a slash at its end'],
    ] as const
  ).map(([base, title]): Row => ({
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

const otherKey = 'pckey-of-another-project';
/** The version that the user adds: which of the two is sent is the SDK's to say, but not both. */
export const addedVersion = '2024-07';

const headerRows: readonly Row[] = [
  header('additional-header', 'a header that the user adds', { 'X-Trace-Id': 'trace-0001' }),
  header('additional-api-key', 'the user adds an Api-Key', { [keyHeader]: otherKey }),
  header('additional-api-key-lower-case', 'the user adds an api-key in small letters', {
    [keyHeader.toLowerCase()]: otherKey,
  }),
  header('additional-version', 'the user adds a version in small letters', {
    [versionHeader.toLowerCase()]: addedVersion,
  }),
];

function header(name: string, title: string, headers: Readonly<Record<string, string>>): Row {
  return {
    name,
    title,
    requirement:
      'What the user adds arrives. It neither doubles nor replaces the key of the client, and one version is sent, not two.',
    needs: ['headers'],
    use: { headers },
  };
}

const environmentRows: readonly Row[] = [
  environment('environment-debug', 'PINECONE_DEBUG is set', 'The key is in no log.', { PINECONE_DEBUG: 'true' }),
  environment('environment-debug-curl', 'PINECONE_DEBUG and PINECONE_DEBUG_CURL are set', 'The key is in no log.', {
    PINECONE_DEBUG: 'true',
    PINECONE_DEBUG_CURL: 'true',
  }),
  environment('environment-api-key', 'PINECONE_API_KEY is another key', 'The key that the client is given counts.', {
    PINECONE_API_KEY: otherKey,
  }),
  environment(
    'environment-controller-host',
    'PINECONE_CONTROLLER_HOST is another host',
    'The host that the client is given counts.',
    { PINECONE_CONTROLLER_HOST: '{other}' },
  ),
  environment(
    'environment-additional-headers',
    'PINECONE_ADDITIONAL_HEADERS has an api-key and a version',
    'They neither double nor replace the key of the client, and one version is sent, not two.',
    {
      PINECONE_ADDITIONAL_HEADERS: JSON.stringify({
        [keyHeader.toLowerCase()]: otherKey,
        [versionHeader.toLowerCase()]: addedVersion,
      } satisfies Json),
    },
  ),
  environment(
    'environment-proxy',
    'a proxy is set for HTTP',
    'The request arrives once, by the proxy or directly, and the proxy gets no more of the key than the server does.',
    { HTTP_PROXY: '{base}', http_proxy: '{base}', NO_PROXY: '', no_proxy: '' },
  ),
];

function environment(
  name: string,
  title: string,
  requirement: string,
  variables: Readonly<Record<string, string>>,
): Row {
  return { name, title, requirement, use: { environment: variables } };
}

function reuseRows({ accepted, notFound }: ClientReplies): readonly Row[] {
  const row = (name: string, title: string, reply: Reply, situation?: SdkPlan['situation']): Row => ({
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

const cancelRow: Row = {
  name: 'cancel',
  title: 'the user cancels a call that a silent server holds',
  requirement: 'The call ends with an error soon after it is cancelled, and the request is not sent again.',
  needs: ['cancel_after_ms'],
  reply: { kind: 'silence', means: { kind: 'fault' } },
  refusal: 'allowed',
  deadlineMs: 6000,
  use: { cancelAfterMs: 1000 },
};

function twoClientsRow(value: string, { accepted, notFound }: ClientReplies): Row {
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
