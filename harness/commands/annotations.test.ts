import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cli, emptyFolder } from '../testing/cli.ts';
import { installInto } from '../testing/installed.ts';
import { fastifyKey, fastifyStates, startFastify } from '../testing/servers/fastify-server.ts';

const waivers = `waivers:
  - case: delete_backup/412/application-json/pending-restore
    check: status
    reason: the gateway says 409
    issue: https://example.com/issues/12
    since: 2025-01-01
    expires: 2025-02-01
`;

/** A checkout with a project in `app/` that has this package installed; what `run` annotates there. */
async function annotationsOf(
  origin: string,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const checkout = emptyFolder();
  const written = {
    'app/pinecone-contract.config.yaml': `waivers: waivers.yaml\ntargets:\n  mine:\n    url: ${origin}\n    states: states.yaml\n`,
    'app/states.yaml': fastifyStates,
    'app/waivers.yaml': 'waivers: []\n',
    ...files,
  };
  for (const [file, text] of Object.entries(written)) {
    if (text === '') continue;
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    writeFileSync(join(checkout, file), text);
  }
  const { stderr } = await cli.run(['run', ...args, '--github'], {
    cwd: join(checkout, 'app'),
    cli: installInto(join(checkout, 'app')).cli,
    env: {
      PINECONE_API_KEY: fastifyKey,
      GITHUB_WORKSPACE: checkout,
      GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/nightly.yml@refs/heads/main',
    },
  });
  return stderr.split('\n').filter((line) => line.startsWith('::'));
}

function placesOf(annotations: readonly string[]): readonly string[] {
  return annotations.map((line) => /file=([^,]+),line=(\d+)/.exec(line)?.slice(1).join(':') ?? line);
}

test('a cause stands at the state of the user’s file, an expired waiver at its own line', async () => {
  const server = await startFastify(new Set(['wrong-status']));
  onTestFinished(server.close);
  const annotations = await annotationsOf(server.origin, ['mine', '--case', 'delete_backup/412/**'], {
    'app/waivers.yaml': waivers,
  });
  expect(placesOf(annotations)).toEqual(['app/waivers.yaml:2', 'app/states.yaml:3']);
  expect(annotations[0]).toContain('expired on 2025-02-01');
  expect(annotations[1]).toContain('title=the status is 409%2C not 412');
  expect(annotations[1]).toContain('document: node_modules/pinecone-contract/specs/db_control_2025-04.oas.yaml:81');
});

test('a waived failure stands at its waiver', async () => {
  const server = await startFastify(new Set(['wrong-status']));
  onTestFinished(server.close);
  const annotations = await annotationsOf(server.origin, ['mine', '--case', 'delete_backup/412/**'], {
    'app/waivers.yaml': waivers.replaceAll('2025-0', '2999-0').replace('since: 2999', 'since: 2025'),
  });
  expect(placesOf(annotations)).toEqual(['app/waivers.yaml:2']);
  expect(annotations[0]).toMatch(/^::warning /);
});

test('a server that cannot be reached stands at its target in the configuration', async () => {
  const server = await startFastify(new Set());
  await server.close();
  const annotations = await annotationsOf(server.origin, ['mine', '--case', 'delete_backup/404/**']);
  expect(placesOf(annotations)[0]).toBe('app/pinecone-contract.config.yaml:4');
  expect(annotations.join('\n')).not.toMatch(/file=[^,]*node_modules/);
});

test('or in the configuration that the command line names', async () => {
  const server = await startFastify(new Set());
  await server.close();
  const other = `# another one\ntargets:\n  mine:\n    url: ${server.origin}\n`;
  const annotations = await annotationsOf(server.origin, ['mine', '--config', 'other.yaml', '--case', '404'], {
    'app/other.yaml': other,
  });
  expect(placesOf(annotations)[0]).toBe('app/other.yaml:4');
});

test('without a configuration, an unproved response stands in the workflow', async () => {
  const server = await startFastify(new Set());
  onTestFinished(server.close);
  const workflow = 'jobs:\n  a:\n    - run: npx pinecone-contract run\n';
  const annotations = await annotationsOf('', ['--target', server.origin, '--case', 'delete_backup/412/**'], {
    'app/pinecone-contract.config.yaml': '',
    '.github/workflows/nightly.yml': workflow,
  });
  expect(annotations[0]).toContain('412 is unproved');
  expect(placesOf(annotations)).toEqual(['.github/workflows/nightly.yml:3']);
});
