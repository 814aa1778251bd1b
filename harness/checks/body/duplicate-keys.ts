import type { Check } from '../../model/target.ts';
import { expectedJson } from '../reading/body/declared-body.ts';
import { matchedResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const duplicateKeysCheck: Check = {
  name: 'duplicate-keys',
  requirement: 'No object of a JSON body has the same property twice: parsers disagree on which one counts.',
  severity: 'violation',
  remedy: 'Write each property once.',
  appliesTo: (subject) => expectedJson(subject)?.kind === 'json',
  *run(subject) {
    const body = expectedJson(subject);
    const at = matchedResponse(subject)?.media?.at;
    if (body?.kind !== 'json') return;
    for (const path of body.duplicates.slice(0, 10)) {
      yield {
        message: `${excerpt(subject, path)} is there more than once`,
        where: `body ${excerpt(subject, path)}`,
        expected: 'each property once',
        actual: 'the same property again',
        ...(at === undefined ? {} : { at }),
      };
    }
  },
};
