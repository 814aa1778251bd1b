/** What a user of the SDK sees of a declared error, level by level; each is what a rule asks for. */
const levels: readonly (readonly [digit: string, rule: string])[] = [
  ['1', 'sdk/raises-on-error'],
  ['2', 'sdk/own-type'],
  ['3', 'sdk/status'],
  ['4', 'sdk/code'],
  ['5', 'sdk/message'],
];

/** Whether a rule is one of the levels of a grade. */
export function isLevel(rule: string): boolean {
  return levels.some(([, each]) => each === rule);
}

/** `123-5`: the levels at which an error can be seen; `·` stands for a code where the reply, being plain text, has none. */
export function gradeOf(broken: (rule: string) => boolean, hasCode: boolean): string {
  // Of an error that is not raised, nothing is seen.
  const swallowed = broken('sdk/raises-on-error');
  return levels
    .map(([digit, rule]) => {
      if (rule === 'sdk/code' && !hasCode) return '·';
      return swallowed || broken(rule) ? '-' : digit;
    })
    .join('');
}
