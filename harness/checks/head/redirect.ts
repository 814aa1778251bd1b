import type { Check, Subject } from '../../model/target.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { valuesOf } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';
import { isRedirect } from './status.ts';

export const redirectCheck: Check = {
  name: 'redirect',
  requirement:
    'No answer redirects where the document declares no redirect: a client that follows sends the key along.',
  severity: 'violation',
  remedy: 'Respond at this URL, or declare the redirect.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    const answer = subject.exchange.response;
    if (answer === undefined) return;
    const { status } = answer;
    const declared = responseFor(subject.case.operation.responses, status);
    const [location] = valuesOf(answer, 'location');
    const meetsExpectation =
      subject.step.expectation.kind === 'rejected' || subject.step.expectation.kind === 'not-5xx';
    const actual = excerpt(subject, `${status}${location === undefined ? '' : `, Location: ${location}`}`);
    if (isRedirect(status) && declared === undefined) {
      yield {
        message: `the answer redirects${location === undefined ? '' : whereTo(subject, location)}`,
        where: 'status',
        expected: 'an answer of the operation itself',
        actual,
        // Where only a refusal is expected, a redirect meets the expectation, though it is a risk.
        ...(meetsExpectation ? { severity: 'advice' } : {}),
      };
    } else if (location !== undefined && status >= 400) {
      yield {
        message: `a ${status} has a Location header, which means nothing there`,
        where: 'header location',
        expected: 'no Location header',
        actual,
        severity: 'advice',
      };
    }
  },
};

function whereTo(subject: Subject, location: string): string {
  const { url } = subject.exchange.request;
  if (!URL.canParse(location, url)) return '';
  return new URL(location, url).origin === new URL(url).origin ? ' to another path' : ' to another host';
}
