import { expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { type Allowed, readTargetUrl, type TargetUrl } from './target-url.ts';

async function read(url: string, allowed: Allowed = {}): Promise<TargetUrl | string> {
  try {
    return await readTargetUrl(url, allowed);
  } catch (error) {
    return error instanceof HarnessError ? `${error.code} ${error.exit}` : String(error);
  }
}

test.for([
  ['http://127.0.0.1:4010', { origin: 'http://127.0.0.1:4010', prefix: '', loopback: true }],
  ['http://localhost:4010/', { origin: 'http://localhost:4010', prefix: '', loopback: true }],
  ['http://[::1]:80/api/v1/', { origin: 'http://[::1]', prefix: '/api/v1', loopback: true }],
] as const)('%s is this machine', async ([url, want]) => {
  expect(await read(url)).toEqual(want);
});

test('the path prefix is kept', async () => {
  expect(await read('https://staging.example.com/control/', { destructive: true })).toEqual({
    origin: 'https://staging.example.com',
    prefix: '/control',
    loopback: false,
  });
});

test.for([
  ['https://staging.example.com', {}, 'E_TARGET_SHARED 2'],
  ['http://staging.example.com', { destructive: true }, 'E_TARGET_PLAIN 2'],
  ['https://api.pinecone.io', {}, 'E_TARGET_PRODUCTION 2'],
  ['https://api.pinecone.io', { destructive: true }, 'E_TARGET_PRODUCTION 2'],
  ['https://API.PINECONE.IO.', { destructive: true }, 'E_TARGET_PRODUCTION 2'],
  ['https://x.svc.pinecone.io', { destructive: true }, 'E_TARGET_PRODUCTION 2'],
  ['https://api.pinecone.io', { production: true }, 'E_TARGET_SHARED 2'],
  ['https://127.0.0.1.example.com', {}, 'E_TARGET_SHARED 2'],
  ['https://0.0.0.0:1', {}, 'E_TARGET_SHARED 2'],
  ['http://user:pw@127.0.0.1', {}, 'E_TARGET_CREDENTIALS 2'],
  ['http://127.0.0.1/?a=b', {}, 'E_TARGET 2'],
  ['http://127.0.0.1/#a', {}, 'E_TARGET 2'],
  ['ftp://127.0.0.1', {}, 'E_TARGET 2'],
  ['127.0.0.1:4010', {}, 'E_TARGET 2'],
  ['http://', {}, 'E_TARGET 2'],
] as const)('%s with %j is refused', async ([url, allowed, want]) => {
  expect(await read(url, allowed)).toBe(want);
});

test('both flags open production', async () => {
  expect(await read('https://api.pinecone.io', { production: true, destructive: true })).toMatchObject({
    loopback: false,
  });
});

test('no password is in the message', async () => {
  for (const url of ['http://user:hunter2@127.0.0.1', 'user:hunter2@host']) {
    let text = '';
    try {
      await readTargetUrl(url, {});
    } catch (error) {
      text = error instanceof HarnessError ? `${error.message} ${error.hint ?? ''}` : '';
    }
    expect(text).not.toBe('');
    expect(text).not.toContain('hunter2');
  }
});
