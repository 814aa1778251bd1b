import type { Disguise } from '../id-variants.ts';
import {
  type Bench,
  exactly,
  harmless,
  needs,
  oneOf,
  pathWith,
  present,
  type Probe,
  refused,
  send,
  spared,
  toleratedByFrontEnd,
} from './context.ts';
import { lookAlikes, reservedWords } from './similar-ids.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Ids: only the id itself names the resource, and any other string gets a declared answer. */
export function identityProbes(bench: Bench): readonly Probe[] {
  return [
    ...disguisedIds(bench),
    ...lookAlikes(bench),
    ...strangeIds(bench),
    ...generatedIds(bench),
    ...sameIdEncoded(bench),
  ];
}

/** Written otherwise, the id of a resource is another id, and the resource stays. */
function disguisedIds(bench: Bench): readonly Probe[] {
  const { accepted, missing, resource } = bench;
  if (accepted === undefined || missing === undefined) return [];
  const promises = {
    unknown: exactly(missing),
    other: oneOf(missing, accepted),
    control: toleratedByFrontEnd(missing, accepted),
    anything: harmless,
    none: refused,
  };
  const words = {
    unknown: missing.response.key,
    other: 'as that other id',
    control: 'as that other id, or refused',
    anything: 'without a server fault',
    none: 'without success or server fault',
  };
  const probes = disguised.map(({ disguise, what, names }) => ({
    name: disguise,
    title: `An id ${what} is another id`,
    requirement: `The id of a resource ${what} must be answered ${words[names]}, and the resource must stay.`,
    needs: [needs(bench, accepted)],
    steps: [
      send(bench, `the id ${what}`, promises[names], { path: pathWith(bench, `{${resource}|${disguise}}`) }),
      spared(resource),
    ],
  }));
  // Of ids that name nothing the answer tells enough, and some ids have no such form.
  const others = disguised.filter(({ names }) => names !== 'unknown').map(({ disguise }) => disguise);
  return [
    ...probes,
    stillDeletable(bench, accepted, {
      name: 'still-deletable',
      after: 'After its id was written otherwise',
      sends: sendsOf(probes.filter(({ name }) => others.includes(name))),
    }),
  ];
}

/**
 * What the disguised id names. `unknown`: nothing. `other`: nothing, or another resource, for a server may make its ids from
 * a common beginning. `control`: the same, but front ends refuse control characters, and may. `none`,
 * `anything`: where a path ends is not the same to all who read it, so any refusal will do, or any other resource.
 */
const disguised: readonly {
  readonly disguise: Disguise;
  readonly what: string;
  readonly names: 'unknown' | 'other' | 'control' | 'anything' | 'none';
}[] = [
  { disguise: 'upper', what: 'in upper case', names: 'unknown' },
  { disguise: 'prefix', what: 'cut in half', names: 'unknown' },
  { disguise: 'prefixed', what: 'with characters before it', names: 'unknown' },
  { disguise: 'extended', what: 'with characters after it', names: 'other' },
  { disguise: 'leading-space', what: 'with a space before it', names: 'unknown' },
  { disguise: 'trailing-space', what: 'with a space after it', names: 'other' },
  { disguise: 'trailing-dot', what: 'with a dot after it', names: 'other' },
  { disguise: 'trailing-nul', what: 'with a NUL after it', names: 'control' },
  { disguise: 'trailing-newline', what: 'with a line feed after it', names: 'control' },
  { disguise: 'semicolon-parameter', what: 'with a parameter after a semicolon', names: 'other' },
  { disguise: 'comma-list', what: 'written twice with a comma', names: 'other' },
  { disguise: 'quoted', what: 'in quotes', names: 'unknown' },
  { disguise: 'double-encoded', what: 'percent-encoded twice', names: 'unknown' },
  { disguise: 'wide', what: 'in full-width letters', names: 'unknown' },
  { disguise: 'query-after', what: 'with an encoded question mark after it', names: 'other' },
  { disguise: 'fragment-after', what: 'with an encoded number sign after it', names: 'other' },
  { disguise: 'encoded-slash', what: 'behind encoded slashes', names: 'none' },
  { disguise: 'slash-after', what: 'with an encoded slash after it', names: 'anything' },
  { disguise: 'dot-slash', what: 'behind a dot and an encoded slash', names: 'none' },
  { disguise: 'broken-escape', what: 'with a broken escape after it', names: 'none' },
  { disguise: 'cut-escape', what: 'with a cut-off escape after it', names: 'none' },
];

/** Ids that never existed, in every shape that breaks parsers. */
function strangeIds(bench: Bench): readonly Probe[] {
  const { missing, resource } = bench;
  if (missing === undefined) return [];
  return strange.map(({ name, what, before, after, control }) => {
    const refusable = control === true ? ' or refused' : '';
    return {
      name,
      title: `An unknown id ${what} is answered as unknown${refusable}`,
      requirement: `Any string is an id: an unknown one ${what} must be answered ${missing.response.key}${refusable}.`,
      needs: [needs(bench, missing)],
      steps: [
        send(bench, `an id ${what}`, control === true ? toleratedByFrontEnd(missing) : exactly(missing), {
          // The arranged unknown id keeps the whole from being anybody's.
          path: pathWith(bench, `${before}{${resource}}${after}`),
        }),
      ],
    };
  });
}

const strange: readonly {
  readonly name: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** It has characters that front ends refuse, or more than they take. */
  readonly control?: true;
}[] = [
  { name: 'unicode', what: 'with letters of many scripts', before: encodeURIComponent('bäckup-备份-🗑-'), after: '' },
  { name: 'quotes', what: 'with quotes and SQL', before: encodeURIComponent(`' OR '1'='1'; --`), after: '' },
  { name: 'markup', what: 'with markup', before: encodeURIComponent('<script>alert(1)<script>'), after: '' },
  { name: 'braces', what: 'with template braces', before: encodeURIComponent('${{7*7}}'), after: '' },
  { name: 'dots', what: 'with dots in it', before: 'a..b...', after: '' },
  { name: 'nul', what: 'with a NUL in it', before: 'a%00b', after: '', control: true },
  {
    name: 'control-characters',
    what: 'with control characters',
    before: '%01%08%0D%0A%1B%7F',
    after: '',
    control: true,
  },
  {
    name: 'invalid-utf-8',
    what: 'with bytes that are no UTF-8',
    before: 'a%FF%C0%AF%ED%A0%80-',
    after: '',
    control: true,
  },
  { name: 'percent-sign', what: 'with a percent sign', before: '100%25-', after: '' },
  { name: 'plus-and-space', what: 'with plus and space', before: 'a+b%20c', after: '' },
  { name: 'long', what: 'of a thousand characters', before: 'x'.repeat(964), after: '' },
  { name: 'very-long', what: 'of five thousand characters', before: 'x'.repeat(4964), after: '', control: true },
  { name: 'one-character-more', what: 'longer than a UUID by one character', before: '', after: 'f' },
];

/** Generated ids, shrunk to the smallest that is answered otherwise. */
function generatedIds(bench: Bench): readonly Probe[] {
  const { missing, resource } = bench;
  if (missing === undefined) return [];
  return [
    {
      name: 'generated',
      title: 'Generated ids are answered as unknown',
      requirement: `Any string is an id: an unknown one must be answered ${missing.response.key}, whatever its characters.`,
      needs: [needs(bench, missing)],
      steps: [
        {
          kind: 'property',
          name: 'a generated id',
          generates: 'generated_id',
          runs: bench.suite.probes.identity.runs,
          request: send(bench, '', exactly(missing), { path: pathWith(bench, `{generated_id}{${resource}}`) }).request,
          promised: exactly(missing),
        },
      ],
    },
    {
      name: 'reserved-words',
      title: 'Words that mean something to languages are ids like any other',
      requirement: `Ids such as constructor, undefined and -1 must be answered ${missing.response.key}.`,
      needs: [],
      steps: reservedWords.map((word) =>
        send(bench, `the id ${JSON.stringify(word)}`, exactly(missing), { path: pathWith(bench, firstEncoded(word)) }),
      ),
      hazard: 'one of them could be the id of somebody',
    },
    {
      name: 'dot-segments',
      title: 'Dot segments lead nowhere',
      requirement: 'A path with .. in place of an id must not succeed or break the server.',
      needs: [needs(bench, missing)],
      steps: [
        send(bench, 'two dots as id', refused, { path: pathWith(bench, '..') }),
        send(bench, 'encoded dots as id', refused, { path: pathWith(bench, '%2E%2E') }),
      ],
      hazard: 'a server that resolves dot segments would see DELETE on a path above the resource',
    },
    {
      name: 'wildcard',
      title: 'A wildcard is an id like any other',
      requirement: `The ids * and % must be answered ${missing.response.key}, and nothing may go.`,
      needs: [...(bench.accepted === undefined ? [] : [needs(bench, bench.accepted, { as: 'kept_id' })])],
      steps: [
        send(bench, 'an asterisk as id', exactly(missing), { path: pathWith(bench, '*') }),
        send(bench, 'a percent sign as id', exactly(missing), { path: pathWith(bench, '%25') }),
        ...(bench.accepted === undefined ? [] : [present('kept_id')]),
      ],
      hazard: 'a server that takes wildcards would delete everything',
    },
  ];
}

/** The same id, and no plain name: the guard of live targets stops a DELETE of those. */
function firstEncoded(word: string): string {
  return `%${word.charCodeAt(0).toString(16).toUpperCase()}${word.slice(1)}`;
}

/** Percent-encoding an unreserved character does not make another id. */
function sameIdEncoded(bench: Bench): readonly Probe[] {
  const { accepted, missing, resource } = bench;
  if (accepted === undefined || missing === undefined) return [];
  return [
    {
      name: 'percent-encoded',
      title: 'A percent-encoded id gets a declared answer',
      requirement: 'The id with every character percent-encoded must get a declared answer that conforms.',
      needs: [needs(bench, accepted, { consumes: true })],
      steps: [
        send(bench, 'the id percent-encoded', oneOf(accepted, missing), {
          path: pathWith(bench, `{${resource}|encoded}`),
        }),
      ],
    },
  ];
}
