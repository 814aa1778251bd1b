import type { DeclaredResponse, MediaType } from '../../../model/document.ts';
import type { Subject } from '../../../model/target.ts';
import { parseMediaType } from '../../../openapi/media-type.ts';
import { matchedResponse, valuesOf } from '../response.ts';
import { bodyFormat } from './declared-body.ts';
import { typesOf } from './simple-style.ts';

/** A body of plain text, with what is declared for it. */
interface TextBody {
  readonly text: string;
  readonly media: MediaType;
  readonly status: number;
  readonly response: DeclaredResponse;
}

/** The body, where the document declares text of a string schema and the response is labelled as text. */
export function matchedText(subject: Subject): TextBody | undefined {
  const matched = matchedResponse(subject);
  const format = bodyFormat(subject);
  if (matched?.media?.schema === undefined || format?.kind !== 'text') return undefined;
  const { media, response, answer } = matched;
  const [label = ''] = valuesOf(answer, 'content-type');
  if (parseMediaType(label)?.type.startsWith('text/') !== true) return undefined;
  if (!typesOf(subject.case.operation.document, matched.media.schema).includes('string')) return undefined;
  return { text: format.text, media, status: answer.status, response };
}
