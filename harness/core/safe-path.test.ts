import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HarnessError } from './errors.ts';
import { removeOwnFolder, renewOwnFolder, safePath } from './safe-path.ts';

function folders(): { readonly root: string; readonly victim: string } {
  const base = mkdtempSync(join(tmpdir(), 'safe-path-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, 'root');
  const victim = join(base, 'victim');
  mkdirSync(root);
  mkdirSync(victim);
  writeFileSync(join(victim, 'precious.txt'), 'precious');
  return { root, victim };
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return error instanceof HarnessError ? error.code : String(error);
  }
}

describe('safePath', () => {
  test.for(['7.3.0', 'v4.1.4-0.20250101', '1.0.0rc1', '1!2.0', 'local', 'python', '404.application-json.a%2Fb.json'])(
    'takes the name %s',
    (name) => {
      expect(safePath('/root', [name], 'a name')).toBe(join('/root', name));
    },
  );

  test.for([
    '..',
    '.',
    '',
    '../victim',
    '../../victim',
    '/etc',
    'a/b',
    'a\\b',
    '.git',
    '-rf',
    'a\0b',
    'a\nb',
    'ä',
    'x'.repeat(300),
  ])('refuses the name %j', (name) => {
    expect(codeOf(() => safePath('/root', ['python', name], 'a name'))).toBe('E_PATH');
  });

  test('shows a hostile name without what acts on a terminal', () => {
    let message = '';
    try {
      safePath('/root', ['\u001b[2Jx'], 'the version');
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toContain('cannot be used as the version');
    expect(message).not.toContain('\u001b');
  });
});

describe('removeOwnFolder', () => {
  test('removes and renews what it made', () => {
    const { root } = folders();
    const folder = safePath(root, ['python', '7.3.0'], 'a version');
    renewOwnFolder(root, folder);
    writeFileSync(join(folder, 'old.txt'), '');
    renewOwnFolder(root, folder);
    expect(existsSync(join(folder, 'old.txt'))).toBe(false);
    removeOwnFolder(root, folder);
    expect(existsSync(folder)).toBe(false);
    removeOwnFolder(root, folder);
  });

  test('takes an empty folder for its own', () => {
    const { root } = folders();
    mkdirSync(join(root, 'empty'));
    removeOwnFolder(root, join(root, 'empty'));
    expect(existsSync(join(root, 'empty'))).toBe(false);
  });

  test('leaves a folder that has no marker', () => {
    const { root } = folders();
    mkdirSync(join(root, 'mine'));
    writeFileSync(join(root, 'mine', 'a.txt'), 'a');
    expect(codeOf(() => renewOwnFolder(root, join(root, 'mine')))).toBe('E_PATH_FOREIGN');
    expect(readFileSync(join(root, 'mine', 'a.txt'), 'utf8')).toBe('a');
  });

  test('leaves the root, what is outside of it, and what a symbolic link leads to', () => {
    const { root, victim } = folders();
    // Even where somebody put the marker there.
    renewOwnFolder(join(victim, '..'), join(victim, '..', 'made'));
    writeFileSync(join(victim, '.made-by-pinecone-contract'), '');
    symlinkSync(victim, join(root, 'link'));
    mkdirSync(join(victim, 'inner'));
    expect(codeOf(() => removeOwnFolder(root, root))).toBe('E_PATH');
    expect(codeOf(() => removeOwnFolder(root, victim))).toBe('E_PATH');
    expect(codeOf(() => removeOwnFolder(root, join(root, '..', 'victim')))).toBe('E_PATH');
    expect(codeOf(() => removeOwnFolder(root, join(root, 'link')))).toBe('E_PATH_FOREIGN');
    expect(codeOf(() => removeOwnFolder(root, join(root, 'link', 'inner')))).toBe('E_PATH_FOREIGN');
    expect(readFileSync(join(victim, 'precious.txt'), 'utf8')).toBe('precious');
    expect(existsSync(join(victim, 'inner'))).toBe(true);
  });
});
