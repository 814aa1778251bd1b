import type { Check, Subject } from '../../model/target.ts';
import { askedIds, echoes, withoutEchoes } from '../reading/request-echoes.ts';
import { memoize } from '../../core/memoize.ts';
import { errorWords } from '../reading/error-words.ts';
import { excerpt } from '../reading/excerpt.ts';

export const errorMessageCheck: Check = {
  name: 'error-message',
  requirement: 'The message of an error says something.',
  severity: 'violation',
  remedy: 'Write a message that names the cause of the error.',
  appliesTo: (subject) => errorWords(subject) !== undefined,
  *run(subject) {
    const words = errorWords(subject);
    if (words === undefined) return;
    const { message, where, media } = words;
    const wrong = wrongIn(message, subject);
    if (wrong === undefined) return;
    yield {
      message: wrong,
      where,
      expected: 'a message for people',
      actual: excerpt(subject, JSON.stringify(message)),
      at: media.at,
    };
  },
};

function wrongIn(message: string, subject: Subject): string | undefined {
  if (message.trim() === '') return 'the error message is empty';
  if (!/\p{L}/u.test(message)) return 'the error message has no word in it';
  const own = withoutEchoes(message, [...echoes(subject), ...askedIds(subject)], 'it');
  if (isUnfilled(own)) return 'the error message is a template in which nothing, or the wrong thing, was filled in';
  return placeholder.test(message) ? 'the error message is a placeholder' : undefined;
}

/** What samplers and people leave where a message should come. */
const placeholder =
  /^\W{0,5}(?:string|text|message|error[ _]message|example|sample|test|foo|bar|asdf|x{3,9}|todo|tbd|fixme|placeholder|changeme|lorem ipsum[^\n]{0,500})\W{0,5}$/i;

const isUnfilled = memoize((text) => unfilled.some((pattern) => pattern.test(text)));

/** What templates leave behind when a value is missing, or is no text. */
const unfilled: readonly RegExp[] = [
  /\[object \w{1,40}\]/,
  /\$\{[^}\n]{0,80}\}|\{\{[^}\n]{0,80}\}\}|\{[a-z_]{0,40}(?:id|name|backup)\}/i,
  /(?<![\w%])%[sdv](?!\w)|%!\w\(/,
  /\b(?:backup|id)\s{1,9}['"]?(?:undefined|null|None|nil|NaN)\b/i,
  /^\s{0,9}(?:undefined|null|None|nil|NaN|<nil>)\s{0,9}$/i,
];
