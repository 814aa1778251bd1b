import type { Check } from '../../model/target.ts';
import { documentedTexts } from '../reading/documented-texts.ts';
import { ownTextsOf } from '../reading/response-text.ts';
import { memoize } from '../../core/memoize.ts';
import { excerpt } from '../reading/excerpt.ts';

export const stackTraceCheck: Check = {
  name: 'stack-trace',
  requirement: 'No response shows how the server is built: no stack trace, no source file, no exception class.',
  severity: 'violation',
  remedy: 'Catch exceptions, and respond with a message of the API.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of ownTextsOf(subject)) {
      const first = traceIn(text);
      if (first === undefined || documentedTexts(subject).some((each) => each.text.includes(first.shown))) continue;
      yield {
        message: `the answer shows the inside of a server in ${first.language}`,
        where,
        expected: 'a message for callers',
        actual: excerpt(subject, text.slice(first.from)),
      };
    }
  },
};

const traceIn = memoize((text) => {
  for (const [language, pattern] of traces) {
    const hit = pattern.exec(text);
    if (hit !== null) return { language, from: hit.index, shown: hit[0] };
  }
  return undefined;
});

/** Each quantifier has an end: the text may be a megabyte of anything. */
const traces: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['Python', /Traceback \(most recent call last\)|File "[^"\n]{1,300}\.py", line \d+/],
  [
    'Java',
    /\bat (?:[\w$]{1,80}\.){1,12}[\w$<>]{1,80}\((?:[\w$]{1,80}\.(?:java|kt|scala|groovy):\d|Native Method|Unknown Source)/,
  ],
  [
    'Java',
    /\b(?:java|javax|jakarta|kotlin|org\.springframework|org\.hibernate)(?:\.\w{1,60}){0,8}\.[A-Z]\w{0,60}(?:Exception|Error)\b/,
  ],
  ['C#', /\bat (?:[\w`]{1,80}\.){1,12}[\w`<>[\]]{1,80}\([^)\n]{0,300}\) in [^\n]{1,300}:line \d/],
  ['C#', /\bSystem(?:\.\w{1,60}){0,6}\.\w{1,60}Exception\b/],
  ['JavaScript', /\bat (?:[\w$.<>[\] ]{1,120} )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s():]{1,300}:\d+:\d/],
  [
    'JavaScript',
    /\b(?:Type|Reference|Range|Syntax)Error: |\bCannot read propert(?:y|ies) |\bis not (?:a function|iterable)\b/,
  ],
  [
    'Python',
    /\b(?:Key|Value|Attribute|Index|Name|Lookup|Runtime|ZeroDivision|Assertion|UnicodeDecode|UnicodeEncode)Error: |'NoneType' object/,
  ],
  ['Java', /\b(?:NullPointer|IllegalState|IllegalArgument|IndexOutOfBounds|ClassCast|NumberFormat)Exception\b/],
  [
    'Go',
    /\brpc error: code = \w|\bdial (?:tcp|udp|unix)\d?[: ]|\bcontext deadline exceeded\b|\binvalid memory address\b/,
  ],
  ['some language', /\b[Nn]o such file or directory\b|\bThe system cannot find the (?:file|path) specified\b/],
  ['some language', /\bE(?:NOENT|CONNREFUSED|CONNRESET|ACCES|PERM|TIMEDOUT|PIPE|ADDRINUSE|MFILE|NOTFOUND|XDEV): \w/],
  ['Go', /\bgoroutine \d{1,9} \[[\w ,]{1,60}\]:|\bpanic: runtime error|\w\.go:\d+\b/],
  ['Ruby', /\w\.rb:\d+:in [`'"]/],
  ['PHP', /\bPHP (?:Fatal error|Warning|Notice):|\w\.php\(\d+\)|\bin \/[^\s:]{1,300}\.php(?: on line |:)\d/],
  ['Rust', /\bthread '[^'\n]{0,100}' panicked at|\bstack backtrace:|\w\.rs:\d+:\d/],
  [
    'Java',
    /\bCaused by: [\w.]{1,200}(?:Exception|Error)\b|\bJava heap space\b|\bscala\.MatchError\b|\bclojure\.lang\.\w/,
  ],
  // Three parts at least: `backups.BackupError` may be a code.
  ['Java', /\b(?:[a-z]\w{0,40}\.){2,10}[A-Z]\w{0,80}(?:Exception|Error)\b/],
  [
    'some language',
    /\b[A-Z][a-z]{1,40}(?:[A-Z][a-z]{1,40}){1,6}Exception: \S|\b[Uu]nhandled (?:exception|rejection)\b/,
  ],
  ['Python', /<[\w.]{1,120} object at 0x[0-9a-f]{4,16}>/],
  ['Go', /\bruntime error: \w|\b0xc000[0-9a-f]{4,12}\b/],
  ['Ruby', /\bundefined (?:local variable or )?method [`'"]\w{1,80}[?!]?['"] for\b|\bnil:NilClass\b/],
  ['Elixir', /\*\* \(\w[\w.]{0,80}\) |\{badmatch,/],
  ['Perl', /\bat \/[^\s]{1,200}\.p[lm] line \d/],
  [
    'C or C++',
    /\bterminate called after throwing\b|\bSegmentation fault\b|\bcore dumped\b|\b(?:Address|Thread|Memory|Leak)Sanitizer: /,
  ],
  ['Swift', /\bFatal error: Unexpectedly found nil\b/],
  ['Lua', /\battempt to (?:index|call|compare|concatenate) (?:a |an )?nil value\b/],
  ['JavaScript', /\bat Object\.<anonymous> \(/],
  ['Dart', /#\d{1,3} {2,9}\w{1,80} \(file:\/\//],
  ['some language', /\broot:x:0:0:|(?:^|\s)(?:PATH|HOME|LD_LIBRARY_PATH|PYTHONPATH|NODE_PATH)=\//],
  [
    'some language',
    /(?:^|[\s"'(])\/(?:var\/(?:lib|www|log)|usr\/(?:src|local|lib)|home|root|opt|srv)\/[\w.-]{1,80}\/[\w.-]|\b[A-Z]:\\(?:[\w .-]{1,60}\\){1,12}[\w.-]/,
  ],
  [
    'some language',
    /(?:^|[\s"'(])\/(?:home|usr|var|etc|opt|srv|app|root|tmp|workspace)\/[\w./-]{1,200}\.(?:py|js|mjs|ts|rb|php|java|cs|go|rs|json|ya?ml|conf|cfg|ini|env|log|db|sock|pem|key)\b/,
  ],
];
