import type { Check } from '../../model/target.ts';
import { matchedResponse, valuesOf } from '../reading/response.ts';
import { parseMediaType, satisfies } from '../../openapi/media-type.ts';
import { excerpt } from '../reading/excerpt.ts';

export const mediaTypeCheck: Check = {
  name: 'media-type',
  requirement: 'A body is labelled with the media type that the document declares for it.',
  severity: 'violation',
  remedy: 'Label the body with the declared type, or declare the type that is sent.',
  // What the document has in the place of a media type may be none: then no label is right, and none is wrong.
  appliesTo: (subject) => parseMediaType(matchedResponse(subject)?.media?.type ?? '') !== undefined,
  *run(subject) {
    const matched = matchedResponse(subject);
    if (matched?.media === undefined) return;
    const { answer, response, media } = matched;
    const labels = valuesOf(answer, 'content-type');
    // Several are reported by the check content-type-once.
    if (labels.length > 1) return;
    const [label] = labels;
    const given = label === undefined ? undefined : parseMediaType(label);
    if (given !== undefined && satisfies(given, media.type)) return;
    yield {
      message:
        label === undefined
          ? 'the body has no Content-Type'
          : label === ''
            ? 'the body has a Content-Type without a value'
            : `the body is labelled ${excerpt(subject, label)}, not ${media.type}`,
      where: 'header content-type',
      expected: response.media.map(({ type }) => type).join(' or '),
      actual: label === undefined ? 'absent' : excerpt(subject, label),
      at: media.at,
      // With every type allowed, HTTP leaves it to the server whether to name one (RFC 9110 §8.3).
      ...(label === undefined && media.type.startsWith('*/') ? { severity: 'advice' } : {}),
      ...(label !== undefined && given === undefined ? { hint: 'This is no media type: RFC 9110 §8.3.1.' } : {}),
    };
  },
};
