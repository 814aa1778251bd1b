import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from './core/package-files.ts';
import { emptyFolder, serve } from './testing/cli.ts';

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

const script = join(packageRoot, '.github', 'actions', 'pull-request', 'comment.mjs');
const ours = '<!-- pinecone-contract: contract -->';

/** The part of GitHub's API that comments need; `refuse` answers a change with 403. */
async function github(
  comments: Comment[],
  refuse = false,
): Promise<{ readonly origin: string; readonly log: string[] }> {
  const log: string[] = [];
  const origin = await serve((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://github');
      log.push(`${request.method ?? ''} ${url.pathname} ${request.headers.authorization ?? ''}`);
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const page = Number(url.searchParams.get('page'));
      if (request.method === 'GET') {
        answer(200, comments.slice((page - 1) * 100, page * 100));
        return;
      }
      if (refuse) {
        answer(403, { message: 'Resource not accessible by integration' });
        return;
      }
      const { body } = JSON.parse(text) as { readonly body: string };
      const changed = comments.find(({ id }) => url.pathname.endsWith(`/comments/${id}`));
      if (changed === undefined) comments.push({ id: comments.length + 1, body, user: { type: 'Bot' } });
      else changed.body = body;
      answer(200, {});
    });
  });
  return { origin, log };
}

async function comment(
  origin: string,
  options: { readonly summary?: string; readonly event?: object } = {},
): Promise<{ readonly exit: number | null; readonly output: string }> {
  const { summary, event = { pull_request: { number: 7 } } } = options;
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'reports'));
  if (summary !== undefined) writeFileSync(join(cwd, 'reports', 'summary.md'), summary);
  writeFileSync(join(cwd, 'event.json'), JSON.stringify(event));
  const child = spawn(process.execPath, [script], {
    cwd,
    env: {
      GITHUB_API_URL: origin,
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_EVENT_PATH: 'event.json',
      GITHUB_TOKEN: 'ghs_test',
    },
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, output };
}

test('the first run writes a comment, the next one replaces it', async () => {
  const comments: Comment[] = [];
  const { origin, log } = await github(comments);
  expect(await comment(origin, { summary: '#### 5 causes, 87 cases' })).toEqual({ exit: 0, output: '' });
  await comment(origin, { summary: '#### 1 cause, 2 cases' });
  expect(comments.map(({ body }) => body)).toEqual([`${ours}\n#### 1 cause, 2 cases`]);
  expect(log).toContain('POST /repos/octo/app/issues/7/comments Bearer ghs_test');
  expect(log).toContain('PATCH /repos/octo/app/issues/comments/1 Bearer ghs_test');
});

test('the comment is found behind a hundred others, and what a person wrote is left alone', async () => {
  const comments: Comment[] = Array.from({ length: 130 }, (_, at) => ({
    id: at + 1,
    body: at === 3 || at === 120 ? `${ours} earlier` : 'nice',
    user: { type: at === 3 ? 'User' : 'Bot' },
  }));
  const { origin } = await github(comments);
  await comment(origin, { summary: 'new' });
  expect(comments).toHaveLength(130);
  expect(comments[3]?.body).toBe(`${ours} earlier`);
  expect(comments[120]?.body).toBe(`${ours}\nnew`);
});

test('a summary that GitHub would refuse is cut', async () => {
  const comments: Comment[] = [];
  const { origin } = await github(comments);
  await comment(origin, { summary: 'x'.repeat(100_000) });
  expect(comments[0]?.body.length).toBeLessThan(65_536);
});

test('a token that only reads, as of a fork, is a warning; another refusal is an error', async () => {
  const refused = await comment((await github([], true)).origin, { summary: 'new' });
  expect(refused.exit).toBe(0);
  expect(refused.output).toMatch(/^::warning::The token may not write comments/);
  const broken = await serve((_request, response) => void response.writeHead(500).end());
  const { exit, output } = await comment(broken, { summary: 'new' });
  expect(exit).toBe(1);
  expect(output).toContain('::error::GET /repos/octo/app/issues/7/comments');
});

test('without a pull request or a summary, it says so', async () => {
  const { origin, log } = await github([]);
  expect((await comment(origin, { event: {} })).output).toContain('::notice::This is no run for a pull request');
  expect((await comment(origin)).output).toContain('summary.md is missing');
  expect(log).toEqual([]);
});
