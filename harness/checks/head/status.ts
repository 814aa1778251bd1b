import type { Check, Violation, Subject } from '../../model/target.ts';
import { expectedResponses, responseFor } from '../../openapi/match-response.ts';
import { contentBytes } from '../reading/body/content-coding.ts';
import { excerpt } from '../reading/excerpt.ts';

export const statusCheck: Check = {
  name: 'status',
  requirement: 'The answer has the status that the document declares for this situation.',
  severity: 'violation',
  remedy: 'Respond with the status that the document declares for this situation, or correct the document.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    const answer = subject.exchange.response;
    if (answer === undefined) return;
    const { status } = answer;
    const { expectation } = subject.step;
    const declared = responseFor(subject.case.operation.responses, status);
    // A redirect that is not declared is reported by the redirect check.
    if (isRedirect(status) && declared === undefined) return;
    const broken = brokenExpectation(subject, status);
    if (broken !== undefined) {
      yield { ...broken, where: 'status', actual: seen(subject) };
      return;
    }
    if (expectation.kind === 'rejected' || expectation.kind === 'not-5xx') return;
    if (expectation.kind === 'one-of-or-4xx' && status >= 400 && status < 500 && declared === undefined) return;
    const wanted = expectedResponses(expectation);
    if (declared !== undefined && wanted.some(({ key }) => key === declared.key)) return;
    const keys = wanted.map(({ key }) => key).join(' or ');
    const named = wanted.map(({ key, description }) => `${key} (${oneLine(description)})`).join(' or ');
    yield {
      message: `the status is ${status}, not ${keys}`,
      where: 'status',
      expected: expectation.kind === 'one-of-or-4xx' ? `${named}, or another refusal (4xx)` : named,
      actual: seen(subject),
      hint: hintFor(subject, status, declared?.description),
    };
  },
};

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** How a status breaks an expectation that is about its class only. */
function brokenExpectation(subject: Subject, status: number): Pick<Violation, 'message' | 'expected'> | undefined {
  const { kind } = subject.step.expectation;
  // 501 says that the method is not supported, which is no failure: RFC 9110, section 15.6.2.
  const failed =
    status >= 500 && !(status === 501 && subject.exchange.request.method !== subject.case.operation.method);
  if (kind === 'rejected' && (status < 300 || failed)) {
    const what = failed ? `the server failed with ${status}` : `it is answered with ${status}`;
    return { message: `the request must be refused, yet ${what}`, expected: 'a status from 400 to 499' };
  }
  if (kind === 'not-5xx' && failed) {
    const message = `the request must not break the server, yet it failed with ${status}`;
    return { message, expected: 'a status below 500' };
  }
  return undefined;
}

function seen(subject: Subject): string {
  const { response } = subject.exchange;
  if (response === undefined) return 'no answer';
  const body = Buffer.from(contentBytes(response)).toString('utf8').trim();
  const head = `${response.status}${response.reason === '' ? '' : ` ${response.reason}`}`;
  return excerpt(subject, body === '' ? head : `${head}: ${body}`);
}

function hintFor({ case: { operation }, step }: Subject, status: number, declared: string | undefined): string {
  if (declared === undefined)
    return `Respond with a declared status, or declare ${status} for ${operation.id} in ${operation.document.source}.`;
  const meaning = `The document declares ${status} for another situation: ${oneLine(declared)}`;
  const keyDoubted = status === 401 && step.request.credential === 'valid';
  return keyDoubted ? `${meaning} Is the API key valid for this server?` : meaning;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
