import type { Check, Subject } from '../../model/target.ts';
import { matchedText } from '../reading/body/declared-text.ts';
import { excerpt } from '../reading/excerpt.ts';

export const plainTextCheck: Check = {
  name: 'plain-text',
  requirement: 'A body of plain text is the text itself: no JSON document, and no text in the quotes of JSON.',
  severity: 'violation',
  remedy: 'Send the text as it is, or declare JSON.',
  appliesTo: (subject) => judged(subject) !== undefined,
  *run(subject) {
    const body = judged(subject);
    const form = body === undefined ? undefined : jsonForm(body.text);
    if (body === undefined || form === undefined) return;
    yield {
      message:
        form === 'string' ? 'the text is in the quotes of JSON' : 'the body is JSON, where plain text is declared',
      where: 'body',
      expected: `plain text, as ${body.media.type} is declared`,
      actual: excerpt(subject, body.text),
      at: body.media.at,
    };
  },
};

/** The text, unless the document's own example of it is JSON: then JSON is what is meant. */
function judged(subject: Subject): ReturnType<typeof matchedText> {
  const body = matchedText(subject);
  const meant = body?.media.examples.some(({ value }) => typeof value !== 'string' || jsonForm(value) !== undefined);
  return meant === true ? undefined : body;
}

/** Numbers and the words true, false and null are text as well as JSON. */
function jsonForm(text: string): 'string' | 'document' | undefined {
  if (!/^\s*["[{]/.test(text)) return undefined;
  try {
    return typeof JSON.parse(text) === 'string' ? 'string' : 'document';
  } catch {
    return undefined;
  }
}
