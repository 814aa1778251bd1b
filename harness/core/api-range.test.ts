import { expect, it } from 'vitest';
import { inApiRange, isApiRange } from './api-range.ts';

it.for([
  ['2026-07', '>=2026-07', true],
  ['2026-04', '>=2026-07', false],
  ['2026-04', '<2026-07', true],
  ['2025-10', '>=2025-10 <2026-07', true],
  ['2026-07', '>=2025-10 <2026-07', false],
  ['2026-01.alpha', '>2025-10', true],
  ['2026-01.alpha', '<2026-01', true],
  ['2026-01.alpha', '2026-01.alpha', true],
  ['2025-04', '<=2025-04', true],
  ['2025-10', '<=2025-04', false],
  ['1.0.0', '>=2025-04', undefined],
] as const)('%s in %s: %s', ([version, range, want]) => {
  expect(inApiRange(version, range)).toBe(want);
});

it.for([
  ['>=2026-07', true],
  ['2026-07', true],
  ['>=2026-07 <2027-01', true],
  ['>= 2026-07', false],
  ['ready-1', false],
  ['', false],
] as const)('%j is a range: %s', ([text, want]) => {
  expect(isApiRange(text)).toBe(want);
});
