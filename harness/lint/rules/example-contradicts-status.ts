import type { Json, OasDocument } from '../../model/document.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below, follow, isObject, member } from '../../openapi/document/pointer.ts';
import { schemaExample } from '../../openapi/operation/media.ts';
import type { LintRemark, LintRule } from '../finding.ts';
import type { MediaSite } from '../sites.ts';

export const exampleContradictsStatusRule: LintRule = {
  id: 'example-contradicts-status',
  title: 'An example that says a status stands under that status.',
  severity: 'error',
  *find({ document, media }) {
    const errors = media.filter(({ status = '' }) => /^[45]/.test(status));
    for (const site of errors) yield* ownExamples(document, site);
    yield* schemaExamples(document, errors);
  },
};

/** The example of a response that says another status than the one it is an example of. */
function* ownExamples(document: OasDocument, { pointer, status = '', operations }: MediaSite): Iterable<LintRemark> {
  for (const { name, at, value } of examplesBelow(document, pointer)) {
    const said = statusIn(value);
    if (said === undefined || isUnder(said.status, status)) continue;
    const place = at + said.path;
    yield {
      at: { ...placeOf(document, place), pointer: place },
      message: `the example ${name} stands under ${status} and says status ${said.status}`,
      expected: status,
      actual: String(said.status),
      remedy: 'Correct the status in the example, or move the example to the response that it is one of.',
      operations,
    };
  }
}

/** The one example of a shared schema stands under every status that has no example of its own. */
function* schemaExamples(document: OasDocument, sites: readonly MediaSite[]): Iterable<LintRemark> {
  const byPlace = new Map<
    string,
    { readonly said: Said; readonly sites: MediaSite[]; readonly at: LintRemark['at'] }
  >();
  for (const site of sites) {
    if (site.schema === undefined || hasExamples(document, site.pointer)) continue;
    const example = schemaExample(document, site.schema);
    const said = example === undefined ? undefined : statusIn(example.value);
    if (example === undefined || said === undefined || isUnder(said.status, site.status ?? '')) continue;
    const key = `${example.at.file} ${example.at.pointer}`;
    const known = byPlace.get(key) ?? { said, sites: [], at: example.at };
    known.sites.push(site);
    byPlace.set(key, known);
  }
  for (const { said, sites: found, at } of byPlace.values()) {
    const statuses = [...new Set(found.map(({ status = '' }) => status))].sort();
    yield {
      at,
      message: `the example of the schema says status ${said.status}, and is the only example of ${statuses.join(', ')}`,
      expected: `an example of its own for ${statuses.join(' and for ')}`,
      actual: said.words,
      remedy:
        'Give each of these responses an example of its own, or take the status out of the example of the schema.',
      severity: 'warning',
      operations: [...new Set(found.flatMap(({ operations }) => operations))],
    };
  }
}

interface Said {
  readonly status: number;
  /** The pointer within the example. */
  readonly path: string;
  /** Such as `500 INTERNAL`. */
  readonly words: string;
}

/** Where error bodies say the status: RFC 9457 and most formats of their own. */
const paths = [['status'], ['statusCode'], ['status_code'], ['error', 'status'], ['error', 'statusCode']];

function statusIn(value: Json): Said | undefined {
  for (const path of paths) {
    const status = path.reduce<Json | undefined>((part, name) => member(part, name), value);
    if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) continue;
    const code = member(member(value, 'error'), 'code') ?? member(value, 'code');
    return { status, path: below('', ...path), words: typeof code === 'string' ? `${status} ${code}` : String(status) };
  }
  return undefined;
}

function isUnder(status: number, key: string): boolean {
  return /^\dXX$/i.test(key) ? key.startsWith(String(status).slice(0, 1)) : key === String(status);
}

function hasExamples(document: OasDocument, pointer: string): boolean {
  const media = follow(document.root, pointer)?.value;
  return member(media, 'example') !== undefined || isObject(member(media, 'examples'));
}

function examplesBelow(
  document: OasDocument,
  pointer: string,
): readonly { readonly name: string; readonly at: string; readonly value: Json }[] {
  const media = follow(document.root, pointer)?.value;
  const single = member(media, 'example');
  const named = member(media, 'examples');
  return [
    ...(single === undefined ? [] : [{ name: 'of the response', at: below(pointer, 'example'), value: single }]),
    ...(isObject(named) ? Object.keys(named) : []).flatMap((name) => {
      const example = follow(document.root, below(pointer, 'examples', name));
      const key = member(example?.value, 'value') === undefined ? 'dataValue' : 'value';
      const value = member(example?.value, key);
      return example === undefined || value === undefined ? [] : [{ name, at: below(example.pointer, key), value }];
    }),
  ];
}
