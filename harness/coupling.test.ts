import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultOperation, forbiddenKeyVariable, keyVariable } from './core/default-suite.ts';
import { packageFile } from './core/package-files.ts';
import { loadSuite } from './cases/suite.ts';

/** The rooms that know the service under test: its rules in the mock, and how its states are arranged. */
const rooms = ['mock/state/', 'targets/states/pinecone/', 'testing/'];

/**
 * Files outside of them that still name it in code, with the lines that may: a number may fall and not rise, and no file
 * may be added.
 */
const known: Readonly<Record<string, { readonly lines: number; readonly why: string }>> = {
  'cases/probes/key.ts': { lines: 1, why: 'one of the header names under which servers take keys' },
  'cases/probes/request.ts': { lines: 2, why: 'names that a request smuggles a second id under' },
  'checks/disclosure/cacheable-error.ts': { lines: 1, why: 'the requirement is part of released records' },
  'checks/disclosure/leaked-key.ts': { lines: 1, why: 'the form of a key that must not leak' },
  'checks/error/error-message.ts': { lines: 2, why: 'placeholders that are looked for in messages' },
  'cli.ts': { lines: 1, why: 'what the product is for' },
  'commands/help/examples.ts': { lines: 1, why: 'examples that run as they stand' },
  'commands/init.ts': { lines: 2, why: '--states pinecone' },
  'commands/init/files.ts': { lines: 8, why: '--states pinecone, and the states file of the shipped suite' },
  'commands/options/target-options.ts': { lines: 4, why: '--states pinecone' },
  'commands/sweep.ts': { lines: 1, why: 'what --allow-production allows' },
  'config/settings.ts': { lines: 1, why: '--states pinecone' },
  'sdk/cases/environment-plans.ts': { lines: 10, why: 'variables that clients of the service read' },
  'sdk/cases/id-plans.ts': { lines: 4, why: 'the SDK gate is about one operation' },
  'sdk/cases/reply-plans.ts': { lines: 6, why: 'the SDK gate is about one operation' },
  'sdk/rules/outcome-rules.ts': { lines: 2, why: 'the SDK gate is about one operation' },
  'sdk/server/wire-headers.ts': { lines: 1, why: 'the SDK gate is about one operation' },
  'targets/fixtures/scrub.ts': { lines: 1, why: 'a header that changes with every response' },
  'targets/live/ledger-lines.ts': { lines: 7, why: 'the kinds of resources in ledgers that are on disk' },
  'targets/live/ledger.ts': { lines: 1, why: 'the kinds of resources in ledgers that are on disk' },
  'targets/live/live.ts': { lines: 4, why: '--states pinecone' },
  'targets/live/sweep.ts': { lines: 2, why: 'clears the ledgers of --states pinecone' },
  'targets/live/target-url.ts': { lines: 2, why: 'the production hosts that nothing is sent to' },
  'targets/states/none.ts': { lines: 1, why: '--states pinecone' },
};

/** The lines of code, without comments, that name the service; the name of the product does not count. */
function mentions(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return code
    .split('\n')
    .filter((line) => /backup|pinecone/i.test(line.replace(/pinecone-contract|PINECONE_CONTRACT_/g, '')));
}

const root = packageFile('harness');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !rooms.some((room) => file.startsWith(room)));

describe('the service under test', () => {
  it('is named in code only by the rooms that know it, and where it is known to be', () => {
    const found = files.flatMap((file) => {
      const lines = mentions(readFileSync(join(root, file), 'utf8'));
      return lines.length > (known[file]?.lines ?? 0)
        ? [`${file}: ${lines.map((line) => line.trim()).join(' | ')}`]
        : [];
    });
    expect(found).toEqual([]);
  });

  it('has no file in the list that is gone', () => {
    expect(Object.keys(known).filter((file) => !files.includes(file))).toEqual([]);
  });

  it('is found in code and not in comments', () => {
    expect(
      mentions("const path = '/backups';\n/** A backup. */\n// of pinecone\nconst a = 1; // backup\n"),
    ).toHaveLength(1);
    expect(mentions("say('pinecone-contract'); env.PINECONE_CONTRACT_X; env.PINECONE_API_KEY")).toHaveLength(1);
    expect(mentions("say('pinecone-contract'); env.PINECONE_CONTRACT_X")).toEqual([]);
  });

  it('gives the default operation and the variables of its keys', () => {
    expect(loadSuite(packageFile('suites', defaultOperation)).operation).toBe(defaultOperation);
    expect([keyVariable, forbiddenKeyVariable]).toEqual(['PINECONE_API_KEY', 'PINECONE_API_KEY_FORBIDDEN']);
  });
});
