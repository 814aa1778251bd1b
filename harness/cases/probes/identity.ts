import type { IdVariant } from '../id-variants.ts';
import {
  type ProbeContext,
  exactly,
  not5xx,
  needs,
  oneOf,
  pathWith,
  present,
  type Probe,
  rejected,
  send,
  spared,
  oneOfOr4xxByFrontEnd,
} from './context.ts';
import { similarIds, reservedWords } from './similar-ids.ts';
import { sendsOf, stillDeletable } from './still-deletable.ts';

/** Ids: only the id itself names the resource, and any other string gets a declared answer. */
export function identityProbes(context: ProbeContext): readonly Probe[] {
  return [
    ...idVariantProbes(context),
    ...similarIds(context),
    ...strangeIds(context),
    ...generatedIds(context),
    ...sameIdEncoded(context),
  ];
}

/** Written otherwise, the id of a resource is another id, and the resource stays. */
function idVariantProbes(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, resource } = context;
  if (accepted === undefined || missing === undefined) return [];
  const promises = {
    unknown: exactly(missing),
    other: oneOf(missing, accepted),
    control: oneOfOr4xxByFrontEnd(missing, accepted),
    anything: not5xx,
    none: rejected,
  };
  const words = {
    unknown: missing.response.key,
    other: 'as that other id',
    control: 'as that other id, or refused',
    anything: 'without a server fault',
    none: 'without success or server fault',
  };
  const probes = written.map(({ variant, what, names }) => ({
    name: variant,
    title: `An id ${what} is another id`,
    requirement: `The id of a resource ${what} must be answered ${words[names]}, and the resource must stay.`,
    needs: [needs(context, accepted)],
    steps: [
      send(context, `the id ${what}`, promises[names], { path: pathWith(context, `{${resource}|${variant}}`) }),
      spared(resource),
    ],
  }));
  // Of ids that name nothing the answer tells enough, and some ids have no such form.
  const others = written.filter(({ names }) => names !== 'unknown').map(({ variant }) => variant);
  return [
    ...probes,
    stillDeletable(context, accepted, {
      name: 'still-deletable',
      after: 'After its id was written otherwise',
      sends: sendsOf(probes.filter(({ name }) => others.includes(name))),
    }),
  ];
}

/**
 * What the written id names. `unknown`: nothing. `other`: nothing, or another resource, for a server may make its ids from
 * a common beginning. `control`: the same, but front ends refuse control characters, and may. `none`,
 * `anything`: where a path ends is not the same to all who read it, so any refusal will do, or any other resource.
 */
const written: readonly {
  readonly variant: IdVariant;
  readonly what: string;
  readonly names: 'unknown' | 'other' | 'control' | 'anything' | 'none';
}[] = [
  { variant: 'upper', what: 'in upper case', names: 'unknown' },
  { variant: 'prefix', what: 'cut in half', names: 'unknown' },
  { variant: 'prefixed', what: 'with characters before it', names: 'unknown' },
  { variant: 'extended', what: 'with characters after it', names: 'other' },
  { variant: 'leading-space', what: 'with a space before it', names: 'unknown' },
  { variant: 'trailing-space', what: 'with a space after it', names: 'other' },
  { variant: 'trailing-dot', what: 'with a dot after it', names: 'other' },
  { variant: 'trailing-nul', what: 'with a NUL after it', names: 'control' },
  { variant: 'trailing-newline', what: 'with a line feed after it', names: 'control' },
  { variant: 'semicolon-parameter', what: 'with a parameter after a semicolon', names: 'other' },
  { variant: 'comma-list', what: 'written twice with a comma', names: 'other' },
  { variant: 'quoted', what: 'in quotes', names: 'unknown' },
  { variant: 'double-encoded', what: 'percent-encoded twice', names: 'unknown' },
  { variant: 'wide', what: 'in full-width letters', names: 'unknown' },
  { variant: 'query-after', what: 'with an encoded question mark after it', names: 'other' },
  { variant: 'fragment-after', what: 'with an encoded number sign after it', names: 'other' },
  { variant: 'encoded-slash', what: 'behind encoded slashes', names: 'none' },
  { variant: 'slash-after', what: 'with an encoded slash after it', names: 'anything' },
  { variant: 'dot-slash', what: 'behind a dot and an encoded slash', names: 'none' },
  { variant: 'broken-escape', what: 'with a broken escape after it', names: 'none' },
  { variant: 'cut-escape', what: 'with a cut-off escape after it', names: 'none' },
];

/** Ids that never existed, in every shape that breaks parsers. */
function strangeIds(context: ProbeContext): readonly Probe[] {
  const { missing, resource } = context;
  if (missing === undefined) return [];
  return strange.map(({ name, what, before, after, control }) => {
    const refusable = control === true ? ' or refused' : '';
    return {
      name,
      title: `An unknown id ${what} is answered as unknown${refusable}`,
      requirement: `Any string is an id: an unknown one ${what} must be answered ${missing.response.key}${refusable}.`,
      needs: [needs(context, missing)],
      steps: [
        send(context, `an id ${what}`, control === true ? oneOfOr4xxByFrontEnd(missing) : exactly(missing), {
          // The arranged unknown id keeps the whole from being anybody's.
          path: pathWith(context, `${before}{${resource}}${after}`),
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
function generatedIds(context: ProbeContext): readonly Probe[] {
  const { missing, resource } = context;
  if (missing === undefined) return [];
  return [
    {
      name: 'generated',
      title: 'Generated ids are answered as unknown',
      requirement: `Any string is an id: an unknown one must be answered ${missing.response.key}, whatever its characters.`,
      needs: [needs(context, missing)],
      steps: [
        {
          kind: 'property',
          name: 'a generated id',
          generates: 'generated_id',
          runs: context.suite.probes.identity.runs,
          request: send(context, '', exactly(missing), { path: pathWith(context, `{generated_id}{${resource}}`) })
            .request,
          expectation: exactly(missing),
        },
      ],
    },
    {
      name: 'reserved-words',
      title: 'Reserved words of languages are ordinary ids',
      requirement: `Ids such as constructor, undefined and -1 must be answered ${missing.response.key}.`,
      needs: [],
      steps: reservedWords.map((word) =>
        send(context, `the id ${JSON.stringify(word)}`, exactly(missing), {
          path: pathWith(context, firstEncoded(word)),
        }),
      ),
      hazard: 'one of them could be the id of somebody',
    },
    {
      name: 'dot-segments',
      title: 'Dot segments reach no other resource',
      requirement: 'A path with .. in place of an id must not succeed or break the server.',
      needs: [needs(context, missing)],
      steps: [
        send(context, 'two dots as id', rejected, { path: pathWith(context, '..') }),
        send(context, 'encoded dots as id', rejected, { path: pathWith(context, '%2E%2E') }),
      ],
      hazard: 'a server that resolves dot segments would see DELETE on a path above the resource',
    },
    {
      name: 'wildcard',
      title: 'A wildcard is an ordinary id',
      requirement: `The ids * and % must be answered ${missing.response.key}, and nothing may go.`,
      needs: [...(context.accepted === undefined ? [] : [needs(context, context.accepted, { as: 'kept_id' })])],
      steps: [
        send(context, 'an asterisk as id', exactly(missing), { path: pathWith(context, '*') }),
        send(context, 'a percent sign as id', exactly(missing), { path: pathWith(context, '%25') }),
        ...(context.accepted === undefined ? [] : [present('kept_id')]),
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
function sameIdEncoded(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, resource } = context;
  if (accepted === undefined || missing === undefined) return [];
  return [
    {
      name: 'percent-encoded',
      title: 'A percent-encoded id gets a declared answer',
      requirement: 'The id with every character percent-encoded must get a declared answer that conforms.',
      needs: [needs(context, accepted, { consumes: true })],
      steps: [
        send(context, 'the id percent-encoded', oneOf(accepted, missing), {
          path: pathWith(context, `{${resource}|encoded}`),
        }),
      ],
    },
  ];
}
