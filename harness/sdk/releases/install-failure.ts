import { redactText } from '../../wire/secrets/redact.ts';
import type { ProcessEnd } from '../driver/process.ts';

interface FailedStep {
  readonly command: readonly string[];
  readonly deadlineMs: number;
  /** What must not be shown, wherever the installer printed it. */
  readonly secrets: readonly string[];
}

/** Why a step of an installation failed, in one line: its telling complaint or, where it was cut off, what it was and its last lines. */
export function whyNotInstalled(end: ProcessEnd, { command, deadlineMs, secrets }: FailedStep): string {
  const step = command.join(' ');
  const words = (): string => {
    switch (end.trouble?.kind) {
      case undefined:
        return typeof end.exit === 'string' ? cutOff(`${step} was ended by ${end.exit}`, end) : complaintOf(end);
      case 'not-started':
        return `${step} could not be started: ${end.trouble.message}`;
      case 'deadline':
        return cutOff(`${step} was cut off after ${Math.round(deadlineMs / 1000)} s`, end);
      case 'aborted':
        return cutOff(`${step} was cut off, because the run was stopped`, end);
      case 'flood':
        return cutOff(`${step} was cut off, because it wrote too much to the ${end.trouble.stream}`, end);
      case 'disk':
      case 'processes':
        return cutOff(`${step} was cut off, because it used too much of the machine`, end);
      case 'left-child':
        return cutOff(`${step} ended, but something that it started still ran`, end);
      default:
        return end.trouble satisfies never;
    }
  };
  return redactText(withoutUserInfo(words()), secrets);
}

/** What an environment tells an installer that nobody else may read: tokens, passwords, the credentials of registries. */
export function credentialsIn(environment: Readonly<Record<string, string>>): readonly string[] {
  const named = Object.entries(environment).filter(([name]) => /auth|token|passw|secret/i.test(name));
  return named.map(([, value]) => value).filter((value) => value.length >= 8);
}

const mostLines = 5;
const mostCharacters = 600;

function cutOff(what: string, end: ProcessEnd): string {
  const lines = linesOf(end.stdout).slice(-mostLines).concat(linesOf(end.stderr).slice(-mostLines));
  if (lines.length === 0) return `${what}; it had written nothing`;
  return `${what}; its last lines: ${lines.join(' | ').slice(-mostCharacters)}`;
}

function complaintOf({ stderr, stdout }: ProcessEnd): string {
  const lines = linesOf(`${stderr}\n${stdout}`);
  // Maven and Go say what is missing at the end of a long sentence.
  const missing = lines.map((line) => /could not find artifact \S+|reading \S+: .*$/i.exec(line)?.[0]).find(Boolean);
  const telling = missing ?? lines.find((line) => /error|could not|not found|forbidden|denied|no matching/i.test(line));
  return (telling ?? lines.at(-1) ?? 'no message').slice(0, 300);
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/\u001b\[[0-9;]*m/g, '').trim())
    .filter((line) => line !== '');
}

/** `https://user:password@host` is how registries and proxies are given their credentials. */
function withoutUserInfo(text: string): string {
  return text.replaceAll(/:\/\/[^\s/@]+@/g, '://<credentials>@');
}
