import type { Check } from '../model.ts';
import { allowCheck } from './allow.ts';
import { bannerCheck } from './banner.ts';
import { bodyStatusCheck } from './body-status.ts';
import { cacheableErrorCheck } from './cacheable-error.ts';
import { charsetCheck } from './charset.ts';
import { contentEncodingCheck } from './content-encoding.ts';
import { contentTypeOnceCheck } from './content-type-once.ts';
import { corsCheck } from './cors.ts';
import { declaredHeadersCheck } from './declared-headers.ts';
import { duplicateKeysCheck } from './duplicate-keys.ts';
import { errorCodeCheck } from './error-code.ts';
import { errorMessageCheck } from './error-message.ts';
import { framingCheck } from './framing.ts';
import { internalHostCheck } from './internal-host.ts';
import { jsonCheck } from './json.ts';
import { leakedKeyCheck } from './leaked-key.ts';
import { mediaTypeCheck } from './media-type.ts';
import { messageSubjectCheck } from './message-subject.ts';
import { messageSwappedCheck } from './message-swapped.ts';
import { noContentCheck } from './no-content.ts';
import { redirectCheck } from './redirect.ts';
import { retryAfterCheck } from './retry-after.ts';
import { schemaCheck } from './schema.ts';
import { setCookieCheck } from './set-cookie.ts';
import { sqlCheck } from './sql.ts';
import { stackTraceCheck } from './stack-trace.ts';
import { statusCheck } from './status.ts';
import { transportCheck } from './transport.ts';
import { undeclaredPropertiesCheck } from './undeclared-properties.ts';

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
  retryAfterCheck,
  allowCheck,

  // the body
  noContentCheck,
  jsonCheck,
  duplicateKeysCheck,
  schemaCheck,
  undeclaredPropertiesCheck,

  // the meaning of an error
  bodyStatusCheck,
  errorCodeCheck,
  errorMessageCheck,
  messageSwappedCheck,
  messageSubjectCheck,

  // what an answer must not give away
  leakedKeyCheck,
  stackTraceCheck,
  sqlCheck,
  internalHostCheck,
  setCookieCheck,
  cacheableErrorCheck,
  corsCheck,
  bannerCheck,
];
