import { expect, it } from 'vitest';
import { isExcused } from './not-judged.ts';

it.for([
  ['a registry that cannot be reached', { missing: 'release', untried: false, missingToolchain: 'skip' }, false],
  ['a missing toolchain', { missing: 'toolchain', untried: false, missingToolchain: 'fail' }, false],
  ['a missing toolchain that is allowed', { missing: 'toolchain', untried: false, missingToolchain: 'skip' }, true],
  ['a release that nobody has tried', { missing: 'release', untried: true, missingToolchain: 'fail' }, true],
] as const)('%s is excused: %s', ([, options, excused]) => {
  expect(isExcused(options)).toBe(excused);
});
