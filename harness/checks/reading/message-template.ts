import type { DeclaredResponse } from '../../model/document.ts';
import { messageOfExample } from './error-words.ts';
import { examplesFor } from './schema-properties.ts';

/** The wording of an example message, with a gap where the example names an id. */
interface MessageTemplate {
  readonly hasGap: boolean;
  /** Whether a message has the words of the example and nothing, such as `[]`, in its gaps. */
  leavesGaps(message: string): boolean;
  /** What stands in the gaps, where a message is worded like the example. */
  gapsIn(message: string): readonly string[] | undefined;
}

const known = new WeakMap<DeclaredResponse, Map<number, readonly MessageTemplate[]>>();

/** How the document's examples word the message of a response with this status. */
export function messageTemplatesOf(response: DeclaredResponse, status: number): readonly MessageTemplate[] {
  const ofResponse = known.get(response) ?? new Map<number, readonly MessageTemplate[]>();
  known.set(response, ofResponse);
  const wordings = ofResponse.get(status) ?? readWordings(response, status);
  ofResponse.set(status, wordings);
  return wordings;
}

function readWordings(response: DeclaredResponse, status: number): readonly MessageTemplate[] {
  const messages = examplesFor(response, status).map(({ value }) => messageOfExample(value));
  return messages.filter((message) => message !== undefined).flatMap(wordingOf);
}

/** Letters, digits, `-` and `_` with a digit among them, at least six: what ids look like and words do not. */
export const idLike = /(?<![\w-])(?=[\w-]*\d)[\w-]{6,}(?![\w-])/g;

/** Nobody words a message like the document and makes it longer than this. */
const longest = 2000;

function wordingOf(example: string): readonly MessageTemplate[] {
  const words = example.split(idLike).map((part) => part.trim().replace(/\s+/g, ' '));
  // Too little text to recognise a wording by.
  if (words.join('').length < 8) return [];
  const bareWords = bare(words.join(' '));
  const pattern = new RegExp(`^${words.map(loosely).join('(.+?)')}$`, 'is');
  return [
    {
      hasGap: words.length > 1,
      leavesGaps: (message) => words.length > 1 && bare(message) === bareWords,
      gapsIn(message) {
        const found = message.length > longest ? null : pattern.exec(message.trim());
        return found === null ? undefined : found.slice(1).map((gap) => gap.trim());
      },
    },
  ];
}

function bare(text: string): string {
  return text
    .slice(0, longest)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Any white space for a space, and a full stop at the end or none. */
function loosely(words: string): string {
  const escaped = words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s+');
  return `\\s*${escaped.replace(/\\\.$/, '\\.?')}\\s*`;
}
