import { keyVariable } from '../../core/default-suite.ts';
import { credentialVariable, isCredentialGiven } from '../../core/credentials.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Credential, Operation } from '../../model/document.ts';
import { mainCredential, usedCredentials } from '../../openapi/operation/security.ts';

/** The credentials in the environment for each scheme of the security alternative in use, by scheme name. */
export function credentialsFor(
  operation: Operation,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const main = mainCredential(operation);
  return Object.fromEntries(
    usedCredentials(operation).map((credential): readonly [string, string] => {
      if (credential.type === 'mutualTLS') throw unsupported(operation, credential);
      const value =
        valueIn(environment, credentialVariable(credential.scheme)) ??
        (credential === main ? valueIn(environment, keyVariable) : undefined);
      if (value === undefined) throw missing(operation, credential, credential === main);
      return [credential.scheme, checked(credential, value)];
    }),
  );
}

/** Whether nothing is given for an operation that takes one key or none: the usual case of a key that was forgotten. */
export function isKeyMissing(operation: Operation, environment: NodeJS.ProcessEnv = process.env): boolean {
  const used = usedCredentials(operation);
  return (
    used.length < 2 &&
    valueIn(environment, keyVariable) === undefined &&
    !used.some(({ scheme }) => isCredentialGiven(scheme, environment))
  );
}

function valueIn(environment: NodeJS.ProcessEnv, variable: string): string | undefined {
  const value = environment[variable];
  return value === '' ? undefined : value;
}

function checked({ scheme, prefix }: Credential, value: string): string {
  const variable = credentialVariable(scheme);
  if (prefix === 'Basic' && !value.includes(':')) {
    throw new HarnessError('E_CREDENTIAL', `${variable} must be a user and a password for the scheme ${scheme}`, {
      hint: `Set it as USER:PASSWORD: export ${variable}=…`,
    });
  }
  if (prefix === 'Basic' || /^[\x21-\x7e]+$/.test(value)) return value;
  throw new HarnessError('E_CREDENTIAL', `${variable} holds spaces, line breaks or characters that are not ASCII`, {
    hint: 'Set it again; a line break at its end is a usual cause.',
  });
}

function missing(operation: Operation, { scheme, prefix }: Credential, isMain: boolean): HarnessError {
  const variable = credentialVariable(scheme);
  const all = usedCredentials(operation).map((credential) => credential.scheme);
  const also =
    all.length > 1 ? `, which is needed together with ${all.filter((name) => name !== scheme).join(', ')}` : '';
  return new HarnessError(
    'E_CREDENTIAL',
    `${operation.id} needs a credential for the security scheme ${scheme}${also}, and ${variable} is not set`,
    {
      hint: `Set it in the environment: export ${variable}=${prefix === 'Basic' ? 'USER:PASSWORD' : '…'}${isMain ? `, or ${keyVariable}` : ''}.`,
    },
  );
}

function unsupported(operation: Operation, { scheme }: Credential): HarnessError {
  return new HarnessError(
    'E_CREDENTIAL',
    `${operation.id} needs a client certificate for the security scheme ${scheme} (mutualTLS), which cannot be sent, and the document offers no alternative without one`,
    { hint: 'Test it through a proxy that adds the certificate, with a document that does not ask for it.' },
  );
}
