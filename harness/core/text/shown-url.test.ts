import { expect, test } from 'vitest';
import { shownUrl, withoutUserInfo } from './shown-url.ts';

test.for([
  ['https://h.example/spec.yaml', 'https://h.example/spec.yaml'],
  ['https://h.example/spec.yaml?ref=main&v=', 'https://h.example/spec.yaml?ref=main&v='],
  ['https://h.example/s?ref=main&token=abc=def', 'https://h.example/s?ref=main&token=…'],
  ['https://h.example/s?X-Amz-Signature=abc&X-Amz-Date=1', 'https://h.example/s?X-Amz-Signature=…&X-Amz-Date=1'],
  ['https://me:pass@h.example/s?sig=abc', 'https://…@h.example/s?sig=…'],
  ['specs/a@b.yaml', 'specs/a@b.yaml'],
] as const)('%s is shown as %s', ([url, shown]) => {
  expect(shownUrl(url)).toBe(shown);
});

test.for([
  ['ftp://me:pass@h and http:/you:word@h', 'ftp://…@h and http:/…@h'],
  ['postgres://me@db.internal:5432/x', 'postgres://…@db.internal:5432/x'],
  ['write to me@h.example, or see https://h.example/@me', 'write to me@h.example, or see https://h.example/@me'],
] as const)('%s is written as %s', ([text, written]) => {
  expect(withoutUserInfo(text)).toBe(written);
});
