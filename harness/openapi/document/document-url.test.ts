import { describe, expect, test } from 'vitest';
import { head, redirect, refusal, siteOf } from '../../testing/documents/document-folder.ts';
import { readDocument } from './document.ts';

const valid = `${head()}paths: {}\n`;

describe('a URL', () => {
  test('is read, and its relative servers become absolute', async () => {
    const { origin } = await siteOf({ '/v1/api.yaml': `${valid}servers: [{ url: ./things }]\n` });
    const document = await readDocument(`${origin}/v1/api.yaml`);
    expect(document.source).toBe(`${origin}/v1/api.yaml`);
    expect(document.servers).toEqual([`${origin}/v1/things`]);
  });

  test('may redirect', async () => {
    const { origin } = await siteOf({ '/old': redirect('/new'), '/new': valid });
    expect((await readDocument(`${origin}/old`)).title).toBe('Shop');
  });

  test('that answers 404 is refused', async () => {
    const { origin } = await siteOf({});
    expect(await refusal(readDocument(`${origin}/api.yaml`), origin)).toMatchInlineSnapshot(`
      "E_DOCUMENT_URL exit 2
      …/api.yaml answered 404 Not Found
      → Open the URL in a browser to see what is there, or give the path of a file."
    `);
  });

  test('that answers a page is refused', async () => {
    const { origin } = await siteOf({ '/api.yaml': '\n<html><body>Sign in' });
    expect(await refusal(readDocument(`${origin}/api.yaml`), origin)).toMatchInlineSnapshot(`
      "E_NOT_OPENAPI exit 2
      …/api.yaml is an HTML or XML page, not an OpenAPI document
      → Give the address of the raw file, not of the page that shows it."
    `);
  });

  test('where nobody listens is refused', async () => {
    expect(await refusal(readDocument('http://127.0.0.1:9/api.yaml'))).toMatch(
      /^E_DOCUMENT_URL exit 2\n.*cannot be read: /,
    );
  });

  test('with a password in it is refused without showing it', async () => {
    const shown = await refusal(readDocument('https://me:s3cret@example.test/api.yaml'));
    expect(shown).toMatch('carries a user name or password');
    expect(shown).not.toMatch('s3cret');
  });

  test('that is none is refused', async () => {
    expect(await refusal(readDocument('http://'))).toMatchInlineSnapshot(`
      "E_DOCUMENT_URL exit 2
      http:// is not a URL
      → Check its spelling."
    `);
  });
});
