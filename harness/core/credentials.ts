import { forbiddenKeyVariable, keyVariable } from './default-suite.ts';

/** The environment variable of the credential of a security scheme: `PINECONE_CONTRACT_CREDENTIAL_APP_ID` of `app-id`. */
export function credentialVariable(scheme: string): string {
  return `${prefix}${scheme.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

/** Whether the environment has a credential for a security scheme. */
export function isCredentialGiven(scheme: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  return (environment[credentialVariable(scheme)] ?? '') !== '';
}

/** Every credential in the environment, for masking: the API key and those of single security schemes. */
export function environmentSecrets(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const named = Object.entries(environment).filter(([name]) => name.startsWith(prefix));
  const forbiddenKey = environment[forbiddenKeyVariable] ?? '';
  const key = environment[keyVariable] ?? '';
  return secretsOf({ key, ...(forbiddenKey === '' ? {} : { forbiddenKey }), credentials: Object.fromEntries(named) });
}

/** All that must be masked of a key and of further credentials; of `user:password` the password by itself, too. */
export function secretsOf(given: {
  readonly key: string;
  readonly forbiddenKey?: string;
  readonly credentials?: Readonly<Record<string, string | undefined>>;
}): readonly string[] {
  const others = Object.values(given.credentials ?? {}).flatMap((value) =>
    value === undefined || value === '' ? [] : [value, value.slice(value.indexOf(':') + 1)],
  );
  const forbidden = given.forbiddenKey === undefined ? [] : [given.forbiddenKey];
  return [...new Set([given.key, ...forbidden, ...others])];
}

const prefix = 'PINECONE_CONTRACT_CREDENTIAL_';
