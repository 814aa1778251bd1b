import type { Check } from '../model.ts';
import { charsetCheck } from './charset.ts';
import { contentEncodingCheck } from './content-encoding.ts';
import { contentTypeOnceCheck } from './content-type-once.ts';
import { declaredHeadersCheck } from './declared-headers.ts';
import { duplicateKeysCheck } from './duplicate-keys.ts';
import { framingCheck } from './framing.ts';
import { jsonCheck } from './json.ts';
import { mediaTypeCheck } from './media-type.ts';
import { noContentCheck } from './no-content.ts';
import { redirectCheck } from './redirect.ts';
import { schemaCheck } from './schema.ts';
import { statusCheck } from './status.ts';
import { transportCheck } from './transport.ts';

/** Every check, in the order in which their findings are told. */
export const checks: readonly Check[] = [
  // the connection
  transportCheck,
  framingCheck,

  // the head
  statusCheck,
  redirectCheck,
  mediaTypeCheck,
  contentTypeOnceCheck,
  charsetCheck,
  contentEncodingCheck,
  declaredHeadersCheck,

  // the body
  noContentCheck,
  jsonCheck,
  duplicateKeysCheck,
  schemaCheck,
];
