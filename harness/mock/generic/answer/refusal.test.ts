import { describe, expect, it } from 'vitest';
import { openLibrary, shelf } from '../../../testing/documents/shelves.ts';
import { object, send } from '../../../testing/mock-client.ts';

describe('a request that the document does not allow', () => {
  it.each([
    ['a missing property', 'POST', '/shelves', { name: 'a' }, {}, 422, 'lacks the required property'],
    ['a name that breaks its pattern', 'POST', '/shelves', { name: 'A', secret: 'x' }, {}, 422, '/name'],
    ['a list in the place of an object', 'POST', '/shelves', [], {}, 422, 'The body is array, not object.'],
    ['a part of another type', 'POST', '/shelves', { ...shelf, name: 5 }, {}, 422, 'The body at /name is '],
    ['a property that is not declared', 'POST', '/shelves', { ...shelf, more: 1 }, {}, 422, 'more'],
    ['no JSON', 'POST', '/shelves', Buffer.from('{'), {}, 422, 'no valid JSON'],
    ['no body', 'POST', '/shelves', undefined, {}, 422, 'missing'],
    ['another media type', 'POST', '/shelves', Buffer.from('x'), { 'Content-Type': 'text/csv' }, 415, 'text/csv'],
    ['a number that is none', 'GET', '/shelves?limit=ten', undefined, {}, 400, 'limit'],
    ['a number out of range', 'GET', '/shelves?limit=0', undefined, {}, 400, 'limit'],
    ['an id of another type', 'GET', '/books/first', undefined, {}, 404, 'bookId'],
    ['an unknown id', 'GET', '/books/12', undefined, {}, 404, 'books 12 not found'],
    ['a media type that there is not', 'GET', '/shelves/poems', undefined, { Accept: 'image/png' }, 406, 'accepted'],
  ] as const)(
    'is refused with the status that is declared: %s',
    async (_, method, path, body, headers, status, word) => {
      const { ask } = await openLibrary();
      await ask('POST', '/shelves', shelf);
      const answer = await ask(method, path, body, headers);
      expect([answer.status, object(answer)]).toMatchObject([status, { status }]);
      expect(object(answer).detail).toContain(word);
    },
  );

  it('is refused without a token, but where none is asked for', async () => {
    const { mock } = await openLibrary();
    const none = await send(mock, 'GET', '/shelves');
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="mock"']);
    expect((await send(mock, 'GET', '/readers/ada')).status).toBe(200);
  });

  it('gets 404 or 405 where there is no such operation', async () => {
    const { ask } = await openLibrary();
    expect((await ask('GET', '/nowhere')).status).toBe(404);
    const method = await ask('PUT', '/shelves');
    expect([method.status, method.headers.allow]).toEqual([405, 'GET, POST']);
  });
});
