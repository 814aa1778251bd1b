import { describe, expect, it } from 'vitest';
import { json, openLibrary, shelf } from '../../testing/documents/shelves.ts';

describe('a resource whose name its body gives', () => {
  it('is made, listed, read and deleted', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [] });
    const made = await ask('POST', '/shelves', { ...shelf, room: 3 });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe('/shelves/poems');
    expect(made.headers['x-trace']).toMatch(/^[0-9a-f-]{36}$/);
    expect(json(made)).toEqual({ name: 'poems', room: 3, made_at: expect.any(String) as string });
    expect(json(await ask('GET', '/shelves/poems'))).toEqual(json(made));
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [json(made)], total: 1 });
    expect((await ask('DELETE', '/shelves/poems')).status).toBe(204);
    expect((await ask('GET', '/shelves/poems')).status).toBe(404);
    expect((await ask('DELETE', '/shelves/poems')).status).toBe(404);
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [] });
  });

  it('is not made twice, and may be made again once it is deleted', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const second = await ask('POST', '/shelves', shelf);
    expect([second.status, json(second)]).toEqual([409, { status: 409, detail: 'shelves poems already exists.' }]);
    await ask('DELETE', '/shelves/poems');
    expect((await ask('POST', '/shelves', shelf)).status).toBe(201);
  });

  it('has no value that was neither sent nor is required', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('POST', '/shelves', shelf))).not.toHaveProperty('room');
  });
});

describe('a resource whose id the server gives', () => {
  it('is made below another one, found by its own path, changed and deleted', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const [one, two] = [
      await ask('POST', '/shelves/poems/books', { title: 'Odes', pages: 9 }),
      await ask('POST', '/shelves/poems/books', { title: 'Hymns' }),
    ];
    const [first, second] = [json(one), json(two)] as [{ id: number }, { id: number }];
    expect(first).toMatchObject({ title: 'Odes', pages: 9 });
    expect(first.id).not.toBe(second.id);
    expect(json(await ask('GET', '/shelves/poems/books'))).toEqual([first, second]);
    expect(json(await ask('GET', `/books/${first.id}`))).toEqual(first);
    const changed = { id: first.id, title: 'Odes, again', pages: 9 };
    const patch = { 'Content-Type': 'application/merge-patch+json' };
    expect(json(await ask('PATCH', `/books/${first.id}`, { title: 'Odes, again' }, patch))).toEqual(changed);
    expect(json(await ask('PUT', `/books/${first.id}`, { title: 'Elegies' }))).toEqual({
      id: first.id,
      title: 'Elegies',
    });
    expect(json(await ask('GET', `/books/${first.id}`))).toEqual({ id: first.id, title: 'Elegies' });
    expect((await ask('DELETE', `/books/${first.id}`)).status).toBe(204);
    expect(json(await ask('GET', '/shelves/poems/books'))).toEqual([second]);
  });

  it('goes with the one that it was made below', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const { id } = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
    await ask('DELETE', '/shelves/poems');
    expect((await ask('GET', `/books/${id}`)).status).toBe(404);
    expect((await ask('GET', '/shelves/poems/books')).status).toBe(404);
    expect((await ask('POST', '/shelves/poems/books', { title: 'Odes' })).status).toBe(404);
  });

  it('is made of a form and of a multipart body, too', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const form = await ask('POST', '/shelves/poems/books', Buffer.from('title=A+b&pages=12&tags=x'), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(json(form)).toMatchObject({ title: 'A b', pages: 12, tags: ['x'] });
    const parts = '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nOdes\r\n--b--\r\n';
    const multipart = await ask('POST', '/shelves/poems/books', Buffer.from(parts), {
      'Content-Type': 'multipart/form-data; boundary=b',
    });
    expect(json(multipart)).toMatchObject({ title: 'Odes' });
    const broken = await ask('POST', '/shelves/poems/books', Buffer.from('title=A&pages=many'), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(broken.status).toBe(400);
  });
});

describe('what the document does not say the effect of', () => {
  it('is answered by the resource or the example, and says so', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const book = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
    const lent = await ask('POST', `/books/${book.id}/lend`);
    expect([lent.status, json(lent), lent.headers['mock-answer']]).toEqual([200, book, 'example']);
    expect((await ask('POST', '/books/999/lend')).status).toBe(404);
    const hours = await ask('GET', '/hours');
    expect(hours.headers['mock-answer']).toBe('example');
    await ask('PUT', '/hours', { open: 'bW9ybmluZw==' });
    const kept = await ask('GET', '/hours');
    expect([json(kept), kept.headers['mock-answer']]).toEqual([{ open: 'bW9ybmluZw==' }, undefined]);
  });

  it('has the one resource that the document names', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('GET', '/readers/ada'))).toMatchObject({ reader: 'ada' });
    expect((await ask('GET', '/readers/bob')).status).toBe(404);
  });
});

it('sends the media type that is accepted', async () => {
  const { ask } = await openLibrary();
  await ask('POST', '/shelves', shelf);
  const { id } = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
  const xml = await ask('GET', `/books/${id}`, undefined, { Accept: 'application/xml' });
  expect([xml.headers['content-type'], xml.text]).toEqual(['application/xml', expect.stringContaining('Odes')]);
  const text = await ask('GET', `/books/${id}`, undefined, { Accept: 'text/*;q=1, application/json;q=0.5' });
  expect([text.headers['content-type'], text.text]).toEqual(['text/plain', 'a book']);
});

it('makes bodies that conform to their schema, whatever its formats', async () => {
  const { ask } = await openLibrary();
  const { open } = json(await ask('GET', '/hours')) as { open: string };
  expect(Buffer.from(open, 'base64').toString('base64')).toBe(open);
});
