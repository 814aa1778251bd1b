import type { Operation } from '../../model/document.ts';
import type { LintRemark, LintRule } from '../finding.ts';

export const rangeHidesCodesRule: LintRule = {
  id: 'range-hides-codes',
  title: 'Each status that clients must distinguish is declared by its code.',
  severity: 'warning',
  *find({ operations }) {
    for (const { operation } of operations) {
      yield* ranges(operation);
      yield* onlyDefault(operation);
    }
  },
};

function* ranges({ id, responses }: Operation): Iterable<LintRemark> {
  for (const { key, at } of responses.filter((response) => /^\dXX$/i.test(response.key))) {
    const beside = responses.filter((other) => other.key !== key && other.key.startsWith(key.charAt(0)));
    const others = beside.map((other) => other.key).join(', ');
    yield {
      at,
      message: `the response ${key} does not say which codes there are${others === '' ? '' : ` beside ${others}`}`,
      expected: 'a response for each code',
      actual: key,
      remedy: `Declare each ${key.toUpperCase()} code that the operation answers with.`,
      operations: [id],
    };
  }
}

function* onlyDefault({ id, responses }: Operation): Iterable<LintRemark> {
  const fallback = responses.find(({ key }) => key === 'default');
  if (fallback === undefined || responses.some(({ key }) => key.startsWith('4'))) return;
  const codes = responses.filter(({ key }) => key !== 'default').map(({ key }) => key);
  yield {
    at: fallback.at,
    message:
      codes.length === 0
        ? 'default is the only response: neither successes nor errors have codes'
        : 'default stands for every 4xx: it does not say which codes there are',
    expected: 'a response for each code',
    actual: [...codes, 'default'].join(', '),
    remedy: 'Declare each code that the operation answers with; default may stay for what is unforeseen.',
    operations: [id],
  };
}
