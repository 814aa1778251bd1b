import type { Check, Subject } from '../../model/target.ts';
import { holdsSecret } from '../../wire/secrets/secret-forms.ts';
import { contentBytes } from '../reading/body/content-coding.ts';
import { declaresSecretHeader, undeclaredStrings } from '../reading/declared-secrets.ts';
import { documentedTexts } from '../reading/documented-texts.ts';
import { textsOf } from '../reading/response-text.ts';
import { memoize } from '../../core/memoize.ts';

export const leakedKeyCheck: Check = {
  name: 'leaked-key',
  requirement: 'No answer holds a credential: not the key that was sent, nor anything that looks like one.',
  severity: 'violation',
  remedy: 'Remove the credential from the response, and replace it: it may be in logs.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of textsOf(subject)) {
      const isBody = where === 'body';
      const what = holdsKey(text, isBody ? subject.exchange.response?.body : undefined, subject.secrets)
        ? 'the API key that was sent'
        : undeclaredSecret(subject, where, text);
      if (what === undefined) continue;
      // The value itself goes into no report.
      yield { message: `the answer holds ${what}`, where, expected: 'no credential', actual: `${what} (not shown)` };
    }
  },
};

/** A body is searched twice: its strings, and its bytes, which may be text in another encoding. */
function holdsKey(text: string, bytes: Uint8Array | undefined, secrets: readonly string[]): boolean {
  return holdsSecret(text, secrets) || (bytes !== undefined && holdsSecret(bytes, secrets));
}

/** What looks like a credential where the document does not say that there is one. */
function undeclaredSecret(subject: Subject, where: string, text: string): string | undefined {
  const isBody = where === 'body';
  if (isBody && isDocumented(subject)) return undefined;
  const found = looksLike(text) ?? (isBody && namesSecret(subject) ? 'a property that names a secret' : undefined);
  if (found === undefined || declaresSecretHeader(subject, where)) return undefined;
  const strings = isBody ? undeclaredStrings(subject) : undefined;
  if (strings === undefined) return found;
  return (
    looksLike(strings.map((each) => each.text).join('\n')) ??
    (strings.some(({ name, text: value }) => namedSecret.test(JSON.stringify({ [name]: value })))
      ? 'a property that names a secret'
      : undefined)
  );
}

/** Whether the body is, as it stands, the text of an example in the document. */
function isDocumented(subject: Subject): boolean {
  const { response } = subject.exchange;
  const documented = documentedTexts(subject);
  if (response === undefined || documented.length === 0) return false;
  const body = Buffer.from(contentBytes(response)).toString();
  return documented.some(({ text }) => text === body);
}

const looksLike = memoize((text) => credentials.find(([, pattern]) => pattern.test(text))?.[0]);

function namesSecret({ exchange }: Subject): boolean {
  const text = exchange.response === undefined ? '' : Buffer.from(contentBytes(exchange.response)).toString();
  // The pattern tries at every quote; few bodies have any of these words.
  return /passw|secret|private|access/i.test(text) && namedSecret.test(text);
}

/** A property of JSON with a value that was not masked. */
const namedSecret =
  /"[\w.-]{0,40}(?:password|passwd|secret|private_?key|access_?token)"\s{0,9}:\s{0,9}"(?!\*|<|\[|x{3}|redacted|filtered|hidden|masked)[^"]{4}/i;

/** Each quantifier has an end: the text may be a megabyte of anything. */
const credentials: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a Pinecone API key', /pcsk_[A-Za-z0-9_-]{16}/i],
  ['a JSON web token', /\beyJ[\w-]{8,400}\.eyJ[\w-]{8,2000}\.[\w-]{8}/],
  ['a bearer token', /\bbearer\s{1,9}(?=[\w.~+/-]{0,200}\d)[\w.~+/-]{20}/i],
  ['basic credentials', /\b[Bb]asic\s{1,9}(?=[\w+/]{0,200}[0-9A-Z])[A-Za-z0-9+/]{16,400}={0,2}(?![\w+/])/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a Google API key', /\bAIza[\w-]{35}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['a Slack token', /\bxox[abprs]-[\w-]{10,}/],
  ['an access token', /\bya29\.[\w-]{20}|\bsk-(?:proj-|ant-)?(?=[\w-]{0,60}\d)[A-Za-z0-9_-]{24}/],
  ['a password', /\b[\w.-]{0,40}(?:password|passwd|secret|secret_access_key)=(?![*<[])[^\s&"']{4}/i],
  ['a Stripe key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16}/],
  ['a private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/],
  ['credentials in a URL', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{1,100}:[^\s/@"']{1,100}@/i],
];
