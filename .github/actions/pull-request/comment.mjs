// Writes summary.md of a run into one comment of the pull request, and replaces that comment later. Node alone is needed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { REPORTS = 'reports', NAME = 'contract', GITHUB_TOKEN = '', GITHUB_REPOSITORY = '' } = process.env;
const api = process.env.GITHUB_API_URL ?? 'https://api.github.com';
const marker = `<!-- pinecone-contract: ${NAME.replace(/[^\w .-]/g, '')} -->`;
/** GitHub takes 65,536 characters. */
const most = 65_000;

await main();

async function main() {
  const number = pullRequest();
  if (number === undefined) return say('notice', 'This is no run for a pull request: there is nothing to comment on.');
  const file = join(REPORTS, 'summary.md');
  if (!existsSync(file))
    return say(
      'warning',
      `${file} is missing, so there is no comment. Did the run write its reports to another folder?`,
    );
  const summary = readFileSync(file, 'utf8');
  const body = `${marker}\n${summary.length > most ? `${summary.slice(0, most)}\n\n… the rest is in summary.md` : summary}`;
  const comments = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`;
  const earlier = await find(comments);
  const path = earlier === undefined ? comments : `/repos/${GITHUB_REPOSITORY}/issues/comments/${earlier}`;
  await call(earlier === undefined ? 'POST' : 'PATCH', path, { body });
}

function pullRequest() {
  const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH ?? '/dev/null', 'utf8') || '{}');
  return event.pull_request?.number;
}

/** The comment that an earlier run left: of a bot, and with the marker in front. */
async function find(path) {
  for (let page = 1; ; page++) {
    const comments = (await call('GET', `${path}?per_page=100&page=${page}`)) ?? [];
    const found = comments.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
    if (found !== undefined || comments.length < 100) return found?.id;
  }
}

async function call(method, path, body) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${GITHUB_TOKEN}`,
      Accept: 'application/vnd.github+json',
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return await response.json();
  if (response.status === 403) {
    // A pull request from a fork has a token that only reads. What the run found decides, not this comment.
    say(
      'warning',
      'The token may not write comments, as in a pull request from a fork; the summary is on the page of the job. Elsewhere: permissions: { pull-requests: write }.',
    );
    process.exit(0);
  }
  say('error', `${method} ${path} was answered ${response.status} ${response.statusText}`);
  process.exit(1);
}

function say(level, text) {
  console.log(`::${level}::${text}`);
}
