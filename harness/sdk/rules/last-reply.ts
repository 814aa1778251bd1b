import type { Reply } from '../server/script.ts';
import type { Observed } from './rule.ts';

/** The reply that decided: the last one that a request of the script got. */
export function lastReply(o: Observed): Reply | undefined {
  return repliesOf(o).at(-1);
}

/** What each request of the case got, in order; undefined where the script had nothing for it. */
export function repliesOf({ case: { replies }, requests }: Observed): readonly (Reply | undefined)[] {
  return requests.map(({ reply }) => (reply === undefined ? undefined : replies[reply]));
}
