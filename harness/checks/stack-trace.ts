import type { Check } from '../model.ts';
import { ownTextsOf } from './answer-text.ts';
import { show } from './show.ts';

export const stackTraceCheck: Check = {
  name: 'stack-trace',
  requirement: 'No answer tells how the server is built inside: no stack trace, no source file, no exception class.',
  severity: 'violation',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of ownTextsOf(subject)) {
      const found = traces.map(([language, pattern]) => ({ language, hit: pattern.exec(text) }));
      const first = found.find(({ hit }) => hit !== null);
      if (first === undefined) continue;
      yield {
        message: `the answer shows the inside of a server in ${first.language}`,
        where,
        expected: 'a message for callers',
        actual: show(subject, text.slice(first.hit?.index)),
      };
    }
  },
};

const traces: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['Python', /Traceback \(most recent call last\)|File "[^"\n]+\.py", line \d+/],
  ['Java', /\bat (?:[\w$]+\.)+[\w$<>]+\((?:[\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)/],
  [
    'Java',
    /\b(?:java|javax|jakarta|kotlin|org\.springframework|org\.hibernate)(?:\.\w+)*\.[A-Z]\w*(?:Exception|Error)\b/,
  ],
  ['C#', /\bat (?:[\w`]+\.)+[\w`<>[\]]+\([^)\n]*\) in \S+:line \d+/],
  ['C#', /\bSystem(?:\.\w+)*\.\w+Exception\b/],
  ['JavaScript', /\bat (?:[\w$.<>[\] ]+ )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s():]*:\d+:\d+\)?/],
  ['Go', /\bgoroutine \d+ \[[\w ,]+\]:|\bpanic: runtime error|\S+\.go:\d+\b/],
  ['Ruby', /\S+\.rb:\d+:in [`'"]/],
  ['PHP', /\bPHP (?:Fatal error|Warning|Notice):|#\d+ \S+\.php\(\d+\)|\bin \/\S+\.php(?: on line |:)\d+/],
  ['Rust', /\bthread '[^'\n]*' panicked at|\bstack backtrace:|\S+\.rs:\d+:\d+/],
  [
    'some language',
    /(?:^|[\s"'(])\/(?:home|usr|var|opt|srv|app|root|workspace)\/[\w./-]+\.(?:py|js|mjs|ts|rb|php|java|cs|go|rs)\b/,
  ],
];
