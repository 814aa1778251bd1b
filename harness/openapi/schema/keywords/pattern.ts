import { createContext, Script } from 'node:vm';
import { HarnessError, messageOf } from '../../../core/errors.ts';

/**
 * Whether a text matches a regular expression of a document. Where no bound on the work is proved beforehand, the engine
 * is stopped after so many milliseconds; a pattern that was stopped once is `not judged` from then on.
 */
export function matchPattern(
  pattern: string,
  text: string,
  stopAfterMs = longest,
): 'match' | 'no match' | 'not judged' {
  const known = compiled(pattern);
  if (known.regExp === undefined) return 'not judged';
  const matched = isBounded(known, text) ? known.regExp.test(text) : stoppable(known.regExp, text, stopAfterMs);
  if (matched === undefined) known.regExp = undefined;
  return matched === undefined ? 'not judged' : matched ? 'match' : 'no match';
}

/** Why a pattern has no meaning in ECMA-262, which is what JSON Schema 2020-12 §6.4 asks for. */
export function whyNotRegExp(pattern: string): string | undefined {
  return parsed(pattern).why;
}

/** Why a pattern is not judged any more. */
export function whyStopped(pattern: string): string | undefined {
  const known = patterns.get(pattern);
  if (known === undefined || known.why !== undefined || known.regExp !== undefined) return undefined;
  return `the regular expression ${JSON.stringify(pattern)} took longer than ${longest} ms for one value`;
}

/** Whether the engine is stopped at a text, of a pattern whose work no bound is proved for. It is judged further on. */
export function isSlow(pattern: string, text: string): boolean {
  const known = compiled(pattern);
  if (known.regExp === undefined || known.bound !== undefined) return false;
  return stoppable(known.regExp, text, longest) === undefined;
}

/** What ajv asks of a regular expression; `test` throws where the pattern cannot be judged. */
export function regExpOf(pattern: string): { test(text: string): boolean } {
  return {
    test: (text) => {
      const result = matchPattern(pattern, text);
      if (result !== 'not judged') return result === 'match';
      const why = whyStopped(pattern) ?? whyNotRegExp(pattern) ?? 'the regular expression cannot be used';
      throw new HarnessError('E_SCHEMA', why, { hint: 'Simplify the regular expression in the document.' });
    },
  };
}

/** In milliseconds; a pattern without repeated choices needs less than one. */
const longest = 1000;
/** Steps of the engine that take about a tenth of a second. */
const affordable = 10_000_000;

interface Parsed {
  readonly why?: string;
  regExp: RegExp | undefined;
  /** The exponent of the text's length, and the constant factor, that bound the work; none where nothing is proved. */
  readonly bound: { readonly power: number; readonly factor: number } | undefined;
}

const patterns = new Map<string, Parsed>();

function compiled(pattern: string): Parsed {
  return patterns.get(pattern) ?? parsed(pattern);
}

function parsed(pattern: string): Parsed {
  const known = patterns.get(pattern) ?? parse(pattern);
  patterns.set(pattern, known);
  return known;
}

function parse(pattern: string): Parsed {
  const not = (why: string): Parsed => ({
    regExp: undefined,
    bound: undefined,
    why: `${JSON.stringify(pattern)} is not a regular expression of ECMA-262 (${why})`,
  });
  try {
    return { regExp: new RegExp(pattern, 'u'), bound: boundOf(pattern) };
  } catch (cause) {
    // Without the flag `u` more is allowed; what other dialects have then means something that the author did not.
    const foreign = foreignTo(pattern);
    if (foreign !== undefined) return not(`${foreign} has another meaning there`);
    try {
      return { regExp: new RegExp(pattern), bound: boundOf(pattern) };
    } catch {
      return not(messageOf(cause).replace(/^.*\/u?: /s, ''));
    }
  }
}

/** A part that ECMA-262 without the flag `u` reads as plain letters, and other dialects do not. */
function foreignTo(pattern: string): string | undefined {
  const unescaped = pattern.replace(/\\[^a-zA-Z]/gs, '..');
  const escape = /\\(?:[^bBcdDfknrsStuvwWx]|c(?![a-z])|x(?![\da-f]{2})|u(?![\da-f]{4})|k(?!<\w))/i.exec(unescaped);
  return escape?.[0] ?? /\[:\w+:\]/.exec(unescaped)?.[0];
}

/**
 * A pattern whose groups are not repeated and that has no backreference tries every text in polynomial time: each
 * quantifier may stop at each place, the search may begin at each, and each choice doubles the work.
 */
function boundOf(pattern: string): Parsed['bound'] {
  if (/\\(?:[1-9]|k)/.test(pattern.replaceAll('\\\\', '..'))) return undefined;
  const plain = pattern
    .replace(/\\[^]/g, 'e')
    .replace(/\[[^\]]*\]/g, 'c')
    .replace(/\(\?(?:<?[=!]|:|<\w+>)/g, '(');
  if (/\)(?:[*+]|\{)/.test(plain)) return undefined;
  const power = 1 + (plain.match(/[*+]|\{\d*,?\d*\}/g) ?? []).length;
  const choices = (plain.match(/[|?]/g) ?? []).length;
  return { power, factor: plain.length * 2 ** choices };
}

function isBounded({ bound }: Parsed, text: string): boolean {
  return bound !== undefined && bound.factor * (text.length + 1) ** bound.power <= affordable;
}

interface Sandbox {
  pattern?: RegExp;
  text?: string;
}

let sandbox: Sandbox | undefined;
const run = new Script('pattern.test(text)');

/** Runs a regular expression that V8 can interrupt; nothing where it was. */
function stoppable(regExp: RegExp, text: string, timeout: number): boolean | undefined {
  sandbox ??= createContext({}) as Sandbox;
  sandbox.pattern = regExp;
  sandbox.text = text;
  try {
    return run.runInContext(sandbox, { timeout }) === true;
  } catch (cause) {
    if (isCoded(cause) && cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw cause;
  }
}

/** The error may come from the other context, whose `Error` is another one. */
function isCoded(cause: unknown): cause is { readonly code: unknown } {
  return typeof cause === 'object' && cause !== null && 'code' in cause;
}
