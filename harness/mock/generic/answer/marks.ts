import type { HeaderPair } from '../../../model/exchange.ts';

/** Says that a response is an example: what was sent before cannot have changed it. A structured field, RFC 9651. */
export const byExample: HeaderPair = ['Mock-Answer', 'example'];

/** Says that the document contradicts itself: no body was found that fits what it declares for this response. */
export const contradiction: HeaderPair = ['Mock-Answer', 'contradiction'];
