/** Values that programs are seldom tried with. */
const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(5000),
  '__proto__',
  '../../victim/keep.txt',
  '{origin}/victim',
  '\u001b[31m::set-output name=a::b',
  '\u0000\ud800\uffff',
  '^(a+)+$',
  '#/components/schemas/Error',
  [],
  [[]],
  {},
  { $ref: '#/paths' },
  { $ref: 'file:///etc/passwd' },
];

/** A copy of a JSON value in which the value at the n-th place, counted through the whole tree, is an odd one. */
function withOneReplaced(value: unknown, place: number, odd: number): unknown {
  let count = -1;
  const visit = (each: unknown): unknown => {
    count += 1;
    if (count === place) return oddValues[odd % oddValues.length];
    if (Array.isArray(each)) return each.map(visit);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value);
}

/** How many values there are in a JSON value, itself included. */
function placesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce<number>((sum, each) => sum + placesIn(each), 0);
}

/** `count` copies with one value replaced, spread evenly over all places; the same each time. */
export function replacements(value: unknown, count: number): readonly string[] {
  const places = placesIn(value);
  return Array.from({ length: count }, (_, index) => {
    const place = 1 + Math.floor((index * (places - 1)) / count);
    return JSON.stringify(withOneReplaced(value, place, index * 7 + place), null, 2);
  });
}
