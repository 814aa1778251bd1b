import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const allowCheck: Check = {
  name: 'allow',
  requirement:
    'A 405 says which methods are allowed, and among them those that the document declares (RFC 9110 §15.5.6).',
  severity: 'advice',
  remedy: 'Send Allow with every method that the resource supports.',
  appliesTo: (subject) => wholeResponse(subject)?.status === 405,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    const values = valuesOf(answer, 'allow');
    const allowed = values.flatMap((value) => value.split(',').map((method) => method.trim()));
    const { siblings } = subject.case.operation;
    const expected = `Allow: ${siblings.join(', ')}`;
    const refused = subject.exchange.request.method;
    if (values.length === 0) {
      yield { message: 'a 405 has no Allow header', where: 'header allow', expected, actual: 'absent' };
    } else if (allowed.includes(refused)) {
      const actual = excerpt(subject, values.join(', '));
      yield { message: `the 405 refuses ${refused} and allows it`, where: 'header allow', expected, actual };
    } else if (isSamePath(subject) && siblings.some((method) => !allowed.includes(method))) {
      const actual = excerpt(subject, values.join(', '));
      yield { message: 'the Allow header leaves out a declared method', where: 'header allow', expected, actual };
    }
  },
};

/** Probes also ask for paths that the document does not declare. */
function isSamePath({ step, case: { operation } }: Parameters<Check['run']>[0]): boolean {
  return step.request.path === operation.path;
}
