import type { Json } from '../../model/document.ts';
import { keyHeader, versionHeader } from '../server/wire-headers.ts';
import { addedVersion, type ClientRow, otherKey } from './client-row.ts';

/** Variables of the environment that clients read by themselves. */
export const environmentRows: readonly ClientRow[] = [
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
): ClientRow {
  return { name, title, requirement, use: { environment: variables } };
}
