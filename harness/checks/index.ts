import type { Check } from '../model/target.ts';
import { allowCheck } from './head/allow.ts';
import { bannerCheck } from './disclosure/banner.ts';
import { bodyStatusCheck } from './error/body-status.ts';
import { cacheableErrorCheck } from './disclosure/cacheable-error.ts';
import { charsetCheck } from './head/charset.ts';
import { contentEncodingCheck } from './head/content-encoding.ts';
import { contentTypeOnceCheck } from './head/content-type-once.ts';
import { corsCheck } from './disclosure/cors.ts';
import { declaredHeadersCheck } from './head/declared-headers.ts';
import { duplicateKeysCheck } from './body/duplicate-keys.ts';
import { errorCodeCheck } from './error/error-code.ts';
import { errorMessageCheck } from './error/error-message.ts';
import { framingCheck } from './connection/framing.ts';
import { internalHostCheck } from './disclosure/internal-host.ts';
import { itemsCheck } from './body/items.ts';
import { jsonCheck } from './body/json.ts';
import { leakedKeyCheck } from './disclosure/leaked-key.ts';
import { mediaTypeCheck } from './head/media-type.ts';
import { messageSubjectCheck } from './error/message-subject.ts';
import { messageSwappedCheck } from './error/message-swapped.ts';
import { noContentCheck } from './body/no-content.ts';
import { notJudgedCheck } from './body/not-judged.ts';
import { permissionMessageCheck } from './error/permission-message.ts';
import { plainTextCheck } from './body/plain-text.ts';
import { problemDetailsCheck } from './error/problem-details.ts';
import { redirectCheck } from './head/redirect.ts';
import { retryAfterCheck } from './head/retry-after.ts';
import { schemaCheck } from './body/schema.ts';
import { setCookieCheck } from './disclosure/set-cookie.ts';
import { sqlCheck } from './disclosure/sql.ts';
import { stackTraceCheck } from './disclosure/stack-trace.ts';
import { statusCheck } from './head/status.ts';
import { transportCheck } from './connection/transport.ts';
import { writeOnlyCheck } from './body/write-only.ts';
import { undeclaredPropertiesCheck } from './body/undeclared-properties.ts';

/** Every check, in the order in which their findings are reported. */
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
  itemsCheck,
  plainTextCheck,
  undeclaredPropertiesCheck,
  writeOnlyCheck,
  notJudgedCheck,

  // the meaning of an error
  bodyStatusCheck,
  errorCodeCheck,
  errorMessageCheck,
  messageSwappedCheck,
  messageSubjectCheck,
  permissionMessageCheck,
  problemDetailsCheck,

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
