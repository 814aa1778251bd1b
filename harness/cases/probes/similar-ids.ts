import type { Expectation, Send } from '../../model/case.ts';
import type { IdVariant } from '../id-variants.ts';
import {
  type ProbeContext,
  exactly,
  needs,
  oneOf,
  pathWith,
  present,
  type Probe,
  rejected,
  send,
  oneOfOr4xxByFrontEnd,
} from './context.ts';
import { stillDeletable } from './still-deletable.ts';

/** Less common ways of writing an id, in one case: what they share is that the resource can be deleted after all of them. */
export function similarIds(context: ProbeContext): readonly Probe[] {
  const { accepted, missing, resource } = context;
  if (accepted === undefined || missing === undefined) return [];
  const promises: Record<Names, Expectation> = {
    unknown: exactly(missing),
    other: oneOf(missing, accepted),
    control: oneOfOr4xxByFrontEnd(missing, accepted),
    none: rejected,
  };
  const sends = similarVariants.map(([variant, names]): Send =>
    send(context, `the id written ${variant}`, promises[names], {
      path: pathWith(context, `{${resource}|${variant}}`),
    }),
  );
  const after = 'After ids that look like its own';
  return [
    stillDeletable(context, accepted, { name: 'look-alikes', after, sends, apart: true }),
    {
      name: 'one-wildcard',
      title: 'A wildcard character matches only itself',
      requirement: `What means any one character to SQL, globs and regular expressions means itself in an id, which must be answered ${missing.response.key}.`,
      needs: [needs(context, accepted)],
      steps: [
        ...wildcards.map((variant) =>
          send(context, `the id written ${variant}`, exactly(missing), {
            path: pathWith(context, `{${resource}|${variant}}`),
          }),
        ),
        present(resource),
      ],
      hazard: 'a server that takes wildcards could delete what is not its own',
    },
  ];
}

const wildcards: readonly IdVariant[] = ['underscore-first', 'question-mark-first', 'dot-first', 'class-first'];

/** As for the other variants: what such an id names. */
type Names = 'unknown' | 'other' | 'control' | 'none';

const similarVariants: readonly (readonly [IdVariant, Names])[] = [
  ['single-quoted', 'unknown'],
  ['back-quoted', 'unknown'],
  ['in-brackets', 'unknown'],
  ['character-reference', 'unknown'],
  ['behind-backslash', 'none'],
  ['json-extension', 'other'],
  ['colon-after', 'other'],
  ['at-after', 'other'],
  ['ampersand-after', 'other'],
  ['equals-after', 'other'],
  ['tilde-after', 'other'],
  ['exclamation-after', 'other'],
  ['sql-comment-after', 'other'],
  ['invisible-after', 'other'],
  ['return-after', 'control'],
];

/** What lookups in objects, parsers of numbers, sloppy clients and servers that mean well make of an id. */
export const reservedWords = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'undefined',
  'null',
  'NaN',
  '-1',
  '99999999999999999999',
  '00000000-0000-0000-0000-000000000000',
  'latest',
  'all',
  ' ',
];
