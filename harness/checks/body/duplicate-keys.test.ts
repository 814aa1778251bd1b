import { describeCheck, proper, reply } from '../../testing/describe-check.ts';
import { duplicateKeysCheck } from './duplicate-keys.ts';

const text = (body: string): { readonly answer: string } => ({ answer: reply(404, body) });
const said = proper(404);

describeCheck(duplicateKeysCheck, [
  ['accepts each property once', text(said), []],
  [
    'accepts the same name in different objects',
    text(said.replace('{"code"', '{"details":{"code":1,"list":[{"code":1},{"code":2}]},"code"')),
    [],
  ],
  ['does not apply to what is no JSON', { ...text('{"a":1,"a"'), also: ['json'] }, 'does not apply'],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'finds the same value twice',
    text(said.replace('"status"', '"status":404,"status"')),
    ['violation in body /status: /status is there more than once'],
  ],
  [
    'finds two codes',
    text(said.replace('{"code"', '{"code":"UNKNOWN","code"')),
    ['violation in body /error/code: /error/code is there more than once'],
  ],
  [
    'finds a name that is written in two ways',
    text(said.replace('{"code"', '{"\\u0063ode":"NOT_FOUND","code"')),
    ['violation in body /error/code: /error/code is there more than once'],
  ],
  [
    'finds them at any depth',
    text(said.replace('{"code"', '{"details":{"a/b":[{"x":1,"x":2}]},"code"')),
    ['violation in body /error/details/a~1b/0/x: /error/details/a~1b/0/x is there more than once'],
  ],
]);
