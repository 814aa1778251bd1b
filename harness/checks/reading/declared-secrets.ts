import type { OasDocument } from '../../model/document.ts';
import type { Subject } from '../../model/target.ts';
import { below, follow, isObject, member } from '../../openapi/document/pointer.ts';
import { contentBytes } from './body/content-coding.ts';
import { matchedJson } from './body/declared-body.ts';
import { documentedTexts } from './documented-texts.ts';
import { matchedResponse } from './response.ts';
import { propertiesNamed } from './schema-properties.ts';

/** Names of properties and headers that hold a credential, in words joined by `_`. */
const credentialName =
  /(?:^|_)(?:pass(?:word|wd|phrase)|secret|token|jwt|credential|apikey|(?:(?:api|access|private|secret|signing)_)?key)(?:_value)?$/;

/** What a created credential is also called, where its description says what it is. */
const valueName = /^(?:value|plain_?text)$/;
const credentialWords = /\b(?:api[ -]?key|access key|token|secret|password|credential)/i;

function inWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toLowerCase();
}

/** The strings of a JSON body beside those that the document declares to be credentials, with the names of properties. */
export function undeclaredStrings(
  subject: Subject,
): readonly { readonly name: string; readonly text: string }[] | undefined {
  const body = matchedJson(subject);
  if (body === undefined) return undeclaredXmlStrings(subject);
  const { document } = subject.case.operation;
  const success = body.status >= 200 && body.status < 300;
  const found: { name: string; text: string }[] = [];
  const documented = documentedTexts(subject);
  const isDocumented = (name: string, text: string): boolean =>
    documented.some(
      (each) => each.text === text || (success && each.name === name && credentialName.test(inWords(name))),
    );
  const open: { value: unknown; name: string; schemas: readonly string[] }[] = [
    { value: body.value, name: '', schemas: body.schema === undefined ? [] : [body.schema] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, name, schemas } = next;
    if (typeof value === 'string') {
      const isDeclared = success && schemas.some((schema) => isCredential(document, schema, name));
      if (!isDeclared && !isDocumented(name, value)) found.push({ name, text: value });
    } else if (Array.isArray(value)) {
      const items = schemas.flatMap((schema) => itemsOf(document, schema));
      for (const item of (value as unknown[]).slice(0, 10_000)) open.push({ value: item, name, schemas: items });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        found.push({ name: '', text: key });
        open.push({
          value: inner,
          name: key,
          schemas: schemas.flatMap((schema) => propertiesNamed(document, schema, key)),
        });
      }
    }
  }
  return found;
}

/** The same of a success in XML: the texts of its elements, but for those that are credentials by the schema of the body. */
function undeclaredXmlStrings(
  subject: Subject,
): readonly { readonly name: string; readonly text: string }[] | undefined {
  const matched = matchedResponse(subject);
  const schema = matched?.media?.schema;
  if (matched === undefined || schema === undefined || !/[/+]xml$/i.test(matched.media?.type ?? '')) return undefined;
  if (matched.answer.status < 200 || matched.answer.status > 299) return undefined;
  const { document } = subject.case.operation;
  const text = Buffer.from(contentBytes(matched.answer)).toString('utf8').slice(0, 1_000_000);
  const isDeclared = (name: string): boolean =>
    propertiesNamed(document, schema, name).some((each) => isCredential(document, each, name));
  const rest = text.replace(/<([\w.-]{1,100})>[^<]*<\/\1>/g, (whole, name: string) => (isDeclared(name) ? ' ' : whole));
  return [{ name: '', text: rest }];
}

/** Whether the document declares that a header of this response holds a credential. */
export function declaresSecretHeader(subject: Subject, where: string): boolean {
  const name = where.replace(/^header /, '');
  const declared = matchedResponse(subject)?.response.headers.some((header) => header.name.toLowerCase() === name);
  return where.startsWith('header ') && declared === true && credentialName.test(inWords(name));
}

/** A property whose name, format or description says that it holds a credential. */
function isCredential(document: OasDocument, schema: string, name: string): boolean {
  const declared = follow(document.root, schema)?.value;
  if (!isObject(declared)) return false;
  const description = member(declared, 'description');
  return (
    credentialName.test(inWords(name)) ||
    member(declared, 'format') === 'password' ||
    (typeof description === 'string' && valueName.test(inWords(name)) && credentialWords.test(description))
  );
}

function itemsOf(document: OasDocument, schema: string): readonly string[] {
  const target = follow(document.root, schema);
  return member(target?.value, 'items') === undefined || target === undefined ? [] : [below(target.pointer, 'items')];
}
