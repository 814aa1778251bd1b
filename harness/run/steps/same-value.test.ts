import { expect, it } from 'vitest';
import { sameValue } from './same-value.ts';

it.each([
  ['Shop', 'shop'],
  ['  a  b ', 'a b'],
  ['caf\u0065\u0301', 'caf\u00e9'],
  ['https://example.com', 'https://EXAMPLE.com/'],
  ['https://example.com:443/a/', 'https://example.com/a'],
  ['a/b/', 'a/b'],
  ['2026-01-02T03:04:05Z', '2026-01-02T04:04:05.000+01:00'],
  ['2026-01-02', '2026-01-02T00:00:00Z'],
  ['2026-01-02 03:04:05', 'Fri, 02 Jan 2026 03:04:05 GMT'],
  [10, '10.00'],
  [0.1, 0.10000000149011612],
  ['1e3', 1000],
  [true, 'true'],
  ['0B2F6F0E9D1C4A8E8F5B1C2D3E4F5A6B', '0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6b'],
  ['My shop', 'my-shop'],
  ['4111111111111111', '************1111'],
])('%j may be told as %j', (sent, told) => {
  expect(sameValue(sent, told)).toBe(true);
});

it.each([
  ['shop', 'shops'],
  ['shop', ''],
  ['a', 'b'],
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z'],
  ['2026-01-02', '2026-02-01'],
  ['https://example.com/a', 'https://example.com/b'],
  ['https://example.com/a?x=1', 'https://example.com/a'],
  [1536, 768],
  [100_000_001, 100_000_002],
  [10, 10.01],
  [1, true],
  [0, ''],
  [true, false],
  ['a-1', 'a-2'],
  ['0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6b', '0b2f6f0e-9d1c-4a8e-8f5b-1c2d3e4f5a6c'],
])('%j may not be told as %j', (sent, told) => {
  expect(sameValue(sent, told)).toBe(false);
});
