import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageFile } from './core/package-files.ts';
import { figuresIn, flawsOfHint } from './testing/message-form.ts';

/** A text of the sources: what stands in its placeholders is `…`. */
interface Text {
  readonly at: string;
  readonly text: string;
}

/** An error as the sources make it. */
interface ErrorText {
  readonly at: string;
  readonly code: string;
  /** Absent where it is made elsewhere: from a fault, from another error. */
  readonly message?: string;
  /** The literal hints, of which one is taken; empty where they are made elsewhere. */
  readonly hints: readonly string[];
  readonly hasHint: boolean;
}

const root = packageFile('harness');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'),
);
const sources = files.map((file) =>
  ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
);
const nodes = sources.flatMap((source) => [...below(source)]);
const errors = [...nodes].flatMap(errorOf);

/** What ends because the run ends needs no advice. */
const ended: ReadonlySet<string> = new Set(['E_ABORTED', 'E_CLOSED', 'E_INTERRUPTED']);

/** Messages about what there is only one of. All others name the thing, or what came. */
const ofOneThing: ReadonlySet<string> = new Set([
  'no case is selected, so nothing can be proved',
  'no case of any operation is in this shard, so nothing can be proved',
  'there is no configuration file in this folder',
  '--out needs an operation',
  'init does not know which server is tested, and cannot ask: stdin is no terminal',
  'the same run was given twice',
  'The mock needs a key that is not empty',
  'every request that carried the API key was answered 401',
  'the body of the response has been read already, so it cannot be judged',
  'There is no SDK to explain the case with.',
  '--version and --package need exactly one SDK.',
  'no SDK is described in suites/sdks',
  'The scripted server is not listening on a port.',
  'NOCK_OFF=true is set, so recorded fixtures cannot be replayed',
  'sweep deletes things and sends the API key, and no target was named',
]);

/** Titles of cases that have been released. */
const released: ReadonlySet<string> = new Set([
  'one of them could be the id of somebody',
  'with a version nobody knows',
]);

describe('errors', () => {
  it('are found in the sources', () => {
    expect(errors.length).toBeGreaterThan(150);
    expect(errors.filter(({ hints }) => hints.length > 0).length).toBeGreaterThan(120);
  });

  it('name the thing that they are about', () => {
    const nameless = errors.filter(
      ({ code, message }) => message?.includes('…') === false && !ended.has(code) && !ofOneThing.has(message),
    );
    expect(nameless).toEqual([]);
    const short = errors.filter(({ message = '…' }) => /\p{L}/u.test(message) && message.split(' ').length < 3);
    expect(short).toEqual([]);
  });

  it('say what to do next', () => {
    expect(errors.filter(({ code, hasHint }) => !hasHint && !ended.has(code))).toEqual([]);
    expect(errors.flatMap(({ hints }) => hints.flatMap((hint) => flawsOfHint(asSentence(hint))))).toEqual([]);
  });

  it('have no message in the list that is not in the sources', () => {
    const there = new Set(errors.map(({ message }) => message));
    expect([...ofOneThing].filter((message) => !there.has(message))).toEqual([]);
  });
});

describe('the reason of a skip', () => {
  // An empty one is the reason phrase of a response.
  const reasons = nodes.flatMap((node) => propertyTexts(node, 'reason')).filter(({ text }) => text !== '');

  it('says what is missing, and of what', () => {
    expect(reasons.length).toBeGreaterThan(5);
    expect(reasons.filter(({ text }) => text !== '…' && text.split(' ').length < 3)).toEqual([]);
  });
});

describe('a problem of waivers', () => {
  const problems = nodes.flatMap((node) =>
    ts.isCallExpression(node) &&
    node.getSourceFile().fileName.endsWith('waivers/apply.ts') &&
    node.expression.getText() === 'say'
      ? node.arguments.flatMap(textsIn)
      : [],
  );

  it('says what to do after what is wrong', () => {
    expect(problems).toHaveLength(4);
    expect(problems.filter(({ text }) => !/^\S.+: \S/.test(text))).toEqual([]);
  });
});

it('no text of any class is a figure of speech', () => {
  const said = nodes
    .flatMap((node) => (isText(node) ? textsIn(node) : []))
    .filter(({ text }) => text.includes(' ') && !released.has(text));
  expect(said.length).toBeGreaterThan(1500);
  const flaws = said.flatMap(({ at, text }) => figuresIn(text).map((flaw) => `${at}: ${flaw}`));
  expect(flaws).toEqual([]);
});

function* below(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* below(child);
}

function errorOf(node: ts.Node): readonly ErrorText[] {
  if (ts.isNewExpression(node) && /^(?:HarnessError|Refused)$/.test(node.expression.getText())) {
    const [code, message, options] = node.arguments ?? [];
    if (node.expression.getText() === 'Refused' || code === undefined || message === undefined) return [];
    return [made(node, code, message, options === undefined ? undefined : property(options, 'hint'))];
  }
  const code = property(node, 'code');
  const message = property(node, 'message');
  if (code === undefined || message === undefined || !/^'E_/.test(code.getText())) return [];
  return [made(node, code, message, property(node, 'hint'))];
}

function made(node: ts.Node, code: ts.Node, message: ts.Node, hint: ts.Node | undefined): ErrorText {
  const [text] = isText(message) ? textsIn(message) : [];
  return {
    at: placeOf(node),
    code: code.getText().replaceAll("'", ''),
    ...(text === undefined ? {} : { message: text.text }),
    hints:
      hint === undefined
        ? []
        : branches(hint)
            .filter(isText)
            .flatMap(textsIn)
            .map((each) => each.text),
    hasHint: hint !== undefined,
  };
}

/** A hint may begin with a placeholder, an option or a command, and may end with a command after a colon. */
function asSentence(hint: string): string {
  const from = hint.replace(/^(?:…|--|init )/, 'A');
  // After a whole sentence, a placeholder stands for further ones.
  if (/\. …$/.test(from)) return from.slice(0, -2);
  return /: \S[^.]*$|: .*\.(?:yaml|json|\d)\b[^.]*$/.test(from) ? `${from}.` : from;
}

/** The values of a conditional expression, or the one that it is. */
function branches(node: ts.Node): readonly ts.Node[] {
  if (ts.isConditionalExpression(node)) return [...branches(node.whenTrue), ...branches(node.whenFalse)];
  return ts.isParenthesizedExpression(node) ? branches(node.expression) : [node];
}

/** The value of a property, also of one that is spread in under a condition, or only named. */
function property(node: ts.Node, name: string): ts.Node | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const each of node.properties) {
    if (ts.isPropertyAssignment(each) && each.name.getText() === name) return each.initializer;
    if (ts.isShorthandPropertyAssignment(each) && each.name.getText() === name) return each.name;
    if (!ts.isSpreadAssignment(each)) continue;
    for (const value of branches(each.expression)) {
      const spread = property(value, name);
      if (spread !== undefined) return spread;
    }
  }
  return undefined;
}

function propertyTexts(node: ts.Node, name: string): readonly Text[] {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== name) return [];
  return branches(node.initializer).filter(isText).flatMap(textsIn);
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function textsIn(node: ts.Node): readonly Text[] {
  const at = placeOf(node);
  if (ts.isStringLiteralLike(node)) return [{ at, text: node.text }];
  if (!ts.isTemplateExpression(node)) return [];
  return [{ at, text: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…') }];
}

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
