import { isJsonLines } from '../request/body.ts';

/** How the items of a body are told apart. */
export type SequenceFormat = 'json-lines' | 'json-seq' | 'events';

/** Undefined where a body of that media type is one thing. */
export function sequenceFormatOf(type: string): SequenceFormat | undefined {
  if (isJsonLines(type)) return 'json-lines';
  if (/^application\/([^;\s]+\+)?json-seq\b/i.test(type)) return 'json-seq';
  return /^text\/event-stream\b/i.test(type) ? 'events' : undefined;
}
