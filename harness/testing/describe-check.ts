import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import type { Expectation, Send } from '../model/case.ts';
import type { DeclaredResponse, Operation } from '../model/document.ts';
import type { Exchange, WireRequest } from '../model/exchange.ts';
import type { Check, Subject } from '../model/target.ts';
import { matchResponse } from '../openapi/match-response.ts';
import { itemsOfResponses } from '../openapi/sequences/count-items.ts';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { defaultLimits } from '../wire/limits.ts';
import { flawsOfMessage } from './message-form.ts';
import { type Act, hang, startScriptedSocket, type ScriptedSocket } from './servers/scripted-socket.ts';
import { openWire } from '../wire/send.ts';
import { checks } from '../checks/index.ts';

export const key = 'pcsk_test1_0123456789abcdefghij';
export const asked = 'b-1234567';

/** What the server sends, and what it had to. */
export interface Situation {
  readonly answer: string | readonly Act[];
  /** The status keys of which one is promised; or `refused`, `harmless`, which name none. */
  readonly promise?: string | readonly string[];
  readonly tolerated?: boolean;
  readonly request?: Partial<WireRequest>;
  readonly values?: Readonly<Record<string, string>>;
  /** Another document than that of delete_backup, and the operation in it. */
  readonly operation?: () => Promise<Operation>;
  /** Names of other checks that find a violation here too. */
  readonly also?: readonly string[];
}

/** The sentences that a check must find, or that it does not apply. */
export type Row = readonly [title: string, situation: Situation, want: readonly string[] | 'does not apply'];

/** Holds a check against answers of a real server, and every other check to silence. */
export function describeCheck(check: Check, rows: readonly Row[]): void {
  const bench = openBench();
  describe(check.name, () => {
    test.each(rows)('%s', async (_, situation, want) => {
      const subject = await bench.subjectOf(situation);
      const applies = check.appliesTo(subject);
      if (want === 'does not apply') expect(applies).toBe(false);
      else expect(findingsOf(check, subject)).toEqual(want);
      if (applies)
        expect([...check.run(subject)].flatMap((finding) => flawsOfMessage(finding, check.remedy))).toEqual([]);
      if (want !== 'does not apply') expect(applies).toBe(true);
      if (applies && want.length > 0) expect(detailsOf(check, subject)).toMatchSnapshot();
      const others = checks.filter((other) => other !== check && violates(other, subject)).map(({ name }) => name);
      expect(others).toEqual(situation.also ?? []);
      // Whether it applies or not, none breaks.
      for (const each of checks) expect(() => [...each.run(subject)]).not.toThrow();
    });
  });
}

/** The findings of a check as lines: severity, place, message. */
export function findingsOf(check: Check, subject: Subject): readonly string[] {
  if (!check.appliesTo(subject)) return [];
  return [...check.run(subject)].map(
    ({ severity = check.severity, where, message }) => `${severity} in ${where}: ${message}`,
  );
}

/** What people read beside the message; ports and times are of the moment. */
function detailsOf(check: Check, subject: Subject): string {
  return [...check.run(subject)]
    .map(({ expected, actual, hint = 'none', at }) =>
      [
        `expected: ${expected}`,
        `actual:   ${actual}`,
        `hint:     ${hint}`,
        `at:       ${at?.pointer ?? 'nowhere'}`,
      ].join('\n'),
    )
    .join('\n\n')
    .replaceAll(`:${new URL(subject.exchange.request.url).port}`, ':PORT')
    .replace(/(?<=after )\d+(?= ms)/g, 'N');
}

function violates(check: Check, subject: Subject): boolean {
  return findingsOf(check, subject).some((line) => line.startsWith('violation'));
}

export interface Bench {
  subjectOf(situation: Situation): Promise<Subject>;
  /** `itemsOf`: as the operation declares its responses. */
  exchangeFor(situation: Situation, itemsOf?: WireRequest['itemsOf']): Promise<Exchange>;
}

/** A server that is there for all tests of the file. */
export function openBench(): Bench {
  let server: ScriptedSocket;
  beforeAll(async () => {
    server = await startScriptedSocket();
  });
  afterAll(() => server.close());

  async function exchangeFor({ answer, request }: Situation, itemsOf?: WireRequest['itemsOf']): Promise<Exchange> {
    server.play(typeof answer === 'string' ? [answer] : answer);
    // Where the server goes silent, the time limit ends the exchange; elsewhere it must not, however slow the machine.
    const timeoutMs = typeof answer !== 'string' && answer.includes(hang) ? 300 : 10_000;
    const wire = openWire({ origin: server.origin, limits: { ...defaultLimits, timeoutMs }, secrets: [key] });
    try {
      const plain: WireRequest = { method: 'DELETE', path: `/backups/${asked}`, headers: [['Api-Key', key]] };
      return await wire.send({ ...plain, ...request, ...(itemsOf === undefined ? {} : { itemsOf }) });
    } finally {
      await wire.close();
    }
  }

  return {
    exchangeFor,
    async subjectOf(situation) {
      const operation = await (situation.operation ?? deleteBackup)();
      const expectation = promiseOf(operation, situation);
      const exchange = await exchangeFor(situation, itemsOfResponses(operation.responses));
      return subjectFor({ operation, expectation, exchange, values: situation.values ?? { backup_id: asked } });
    },
  };
}

/** What the runner makes of an exchange for the checks. */
export function subjectFor(options: {
  readonly operation: Operation;
  readonly expectation: Expectation;
  readonly exchange: Exchange;
  readonly values: Readonly<Record<string, string>>;
}): Subject {
  const { operation, expectation, exchange, values } = options;
  const { method } = exchange.request;
  const step: Send = {
    kind: 'send',
    name: 'send',
    request: { method, path: operation.path, headers: [], credential: 'valid' },
    expectation,
  };
  return {
    case: {
      id: 'case',
      kind: 'declared',
      title: 'case',
      requirement: 'case',
      severity: 'violation',
      operation,
      needs: [],
      steps: [step],
      at: operation.at,
    },
    step,
    exchange,
    values,
    secrets: [key],
    ...matchResponse(expectation, exchange),
  };
}

export function promiseOf(
  operation: Operation,
  { promise = '404', tolerated = false }: Partial<Situation>,
): Expectation {
  if (promise === 'rejected' || promise === 'not-5xx') return { kind: promise };
  if (typeof promise !== 'string' || tolerated) {
    const responses = [promise].flat().map((name) => responseOf(operation, name));
    return { kind: tolerated ? 'one-of-or-4xx' : 'one-of', responses };
  }
  const response = responseOf(operation, promise);
  const [media] = response.media;
  return { kind: 'declared', response, ...(media === undefined ? {} : { media }) };
}

function responseOf(operation: Operation, name: string): DeclaredResponse {
  const response = operation.responses.find(({ key: given }) => given === name);
  if (response === undefined) throw new Error(`${operation.id} does not declare ${name}`);
  return response;
}

let read: Promise<Operation> | undefined;

/** The operation of the document that ships. */
export function deleteBackup(): Promise<Operation> {
  read ??= readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml')).then((document) =>
    findOperation(document, 'delete_backup'),
  );
  return read;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A whole answer, as literal bytes. Headers with `undefined` are left out. */
export function reply(status: number, body: string | Uint8Array = '', headers: Headers = {}): string {
  const bytes = Buffer.from(body).toString('latin1');
  const typed: Headers = bytes === '' ? {} : { 'Content-Type': 'application/json' };
  const all: Headers = { ...typed, 'Content-Length': String(bytes.length), ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n${bytes}`;
}

/** The body of an error, as JSON. */
export function errorBody(
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ error: { code, message, ...more }, status });
}

const said: Readonly<Record<number, string>> = {
  401: errorBody(401, 'UNAUTHENTICATED', 'Invalid API key.'),
  404: errorBody(404, 'NOT_FOUND', `Backup ${asked} not found.`),
  412: errorBody(
    412,
    'FAILED_PRECONDITION',
    "Unable to delete backup. There are pending restore jobs for this backup: ['670e8400-e29b-41d4-a716-446655440000']",
  ),
  500: errorBody(500, 'UNKNOWN', 'Internal server error'),
};

/** The body that the document wants for a status, and the whole answer. */
export const proper = (status: number): string => said[status] ?? '';
export const properReply = (status: number, headers: Headers = {}): string => reply(status, proper(status), headers);
