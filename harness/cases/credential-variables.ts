import { credentialVariable, isCredentialGiven } from '../core/credentials.ts';
import { forbiddenKeyVariable, keyVariable } from '../core/default-suite.ts';
import type { Operation } from '../model/document.ts';
import { mainCredential, usedCredentials } from '../openapi/operation/security.ts';
import type { CredentialVariable } from '../wire/curl.ts';

/**
 * The environment variable of each credential that requests to an operation carry, the main one first. That one is
 * `PINECONE_API_KEY` unless the variable of its scheme is set, or the key that lacks the permission.
 */
export function credentialVariables(
  operation: Pick<Operation, 'security'>,
  key: 'valid' | 'forbidden',
  environment: NodeJS.ProcessEnv = process.env,
): readonly CredentialVariable[] {
  const main = mainCredential(operation);
  if (main === undefined) return [];
  const ofKey = isCredentialGiven(main.scheme, environment) ? credentialVariable(main.scheme) : keyVariable;
  const others = usedCredentials(operation).filter((credential) => credential !== main);
  return [
    { credential: main, variable: key === 'forbidden' ? forbiddenKeyVariable : ofKey },
    ...others.map((credential) => ({ credential, variable: credentialVariable(credential.scheme) })),
  ];
}
