import type { Promised, Send } from '../../model/case.ts';
import type { Disguise } from '../id-variants.ts';
import {
  type Bench,
  exactly,
  needs,
  oneOf,
  pathWith,
  present,
  type Probe,
  refused,
  send,
  toleratedByFrontEnd,
} from './context.ts';
import { stillDeletable } from './still-deletable.ts';

/** Less common ways of writing an id, in one case: what they share is that the resource can be deleted after all of them. */
export function lookAlikes(bench: Bench): readonly Probe[] {
  const { accepted, missing, resource } = bench;
  if (accepted === undefined || missing === undefined) return [];
  const promises: Record<Names, Promised> = {
    unknown: exactly(missing),
    other: oneOf(missing, accepted),
    control: toleratedByFrontEnd(missing, accepted),
    none: refused,
  };
  const sends = alike.map(([disguise, names]): Send =>
    send(bench, `the id written ${disguise}`, promises[names], { path: pathWith(bench, `{${resource}|${disguise}}`) }),
  );
  const after = 'After ids that look like its own';
  return [
    stillDeletable(bench, accepted, { name: 'look-alikes', after, sends, apart: true }),
    {
      name: 'one-wildcard',
      title: 'A character that stands for any other is a character',
      requirement: `What means any one character to SQL, globs and regular expressions means itself in an id, which must be answered ${missing.response.key}.`,
      needs: [needs(bench, accepted)],
      steps: [
        ...wildcards.map((disguise) =>
          send(bench, `the id written ${disguise}`, exactly(missing), {
            path: pathWith(bench, `{${resource}|${disguise}}`),
          }),
        ),
        present(resource),
      ],
      hazard: 'a server that takes wildcards could delete what is not its own',
    },
  ];
}

const wildcards: readonly Disguise[] = ['underscore-first', 'question-mark-first', 'dot-first', 'class-first'];

/** As for the other disguises: what such an id names. */
type Names = 'unknown' | 'other' | 'control' | 'none';

const alike: readonly (readonly [Disguise, Names])[] = [
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
