/** The headings under which `--help` lists the options of every command, in this order. */
export const optionGroups = {
  contract: 'Which contract:',
  cases: 'Which cases:',
  answers: 'Who answers:',
  run: 'How it is run:',
  allowed: 'What is allowed:',
  counts: 'What counts as a failure:',
  written: 'What is written:',
  help: 'Help:',
} as const;
