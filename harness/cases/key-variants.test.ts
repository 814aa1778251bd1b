import { expect, it } from 'vitest';
import { redactText } from '../wire/secrets/redact.ts';
import { withKeyVariants } from './key-variants.ts';

const key = 'pcsk_4Kd9x_QmZ7Rt00';

it.for([
  ['{api-key}', key, '<api-key>'],
  ['Bearer {api-key}', `Bearer ${key}`, 'Bearer <api-key>'],
  ['{api-key|prefixed}', `x${key}`, 'x<api-key>'],
  ['{api-key|last-changed}', 'pcsk_4Kd9x_QmZ7Rt01', '<api-key>1'],
  ['{api-key|half-changed}', 'pcsk_4Kd9x000000011', '<api-key>000000011'],
  ['{api-key|quoted}', `"${key}"`, '"<api-key>"'],
  ['{api-key|percent-encoded}', '%70%63%73%6b%5f%34%4b%64%39%78%5f%51%6d%5a%37%52%74%30%30', '<api-key>'],
  ['Basic {api-key|basic}', 'Basic cGNza180S2Q5eF9RbVo3UnQwMDo=', 'Basic <api-key>'],
  ['{"key":"{api-key}"}', `{"key":"${key}"}`, '{"key":"<api-key>"}'],
  ['{api-key|unheard-of}', '{api-key|unheard-of}', '{api-key|unheard-of}'],
  ['{backup_id}', '{backup_id}', '{backup_id}'],
] as const)('%s is sent as %s and printed as %s', ([text, sent, printed]) => {
  expect(withKeyVariants(text, key)).toBe(sent);
  expect(redactText(sent, [key])).toBe(printed);
});
