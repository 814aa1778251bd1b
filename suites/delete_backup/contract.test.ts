import { contractOf, describeContract } from '../../harness/vitest.ts';
import { fixturesTarget, liveTarget, mockTarget } from '../../harness/index.ts';

const contract = await contractOf('delete_backup');
const { operation, suite } = contract;
const url = process.env['PINECONE_CONTRACT_URL'];

describeContract(contract, 'the mock', () => mockTarget({ document: operation.document }));

describeContract(
  contract,
  'the fixtures',
  () => fixturesTarget({ folder: `${suite.folder ?? '.'}/fixtures`, operation }),
  { only: (one) => one.kind === 'declared' },
);

// The newest API version: a 401 of plain text, a 403, no 412.
const newest = await contractOf('delete_backup', { api: '2026-07' });
const { document } = newest.operation;

describeContract(newest, 'the mock of 2026-07', () => mockTarget({ document }));

describeContract(
  newest,
  'the fixtures of 2026-07',
  () => fixturesTarget({ folder: `${suite.folder ?? '.'}/fixtures/2026-07`, operation: newest.operation }),
  { only: (one) => one.kind === 'declared' },
);

if (url !== undefined) {
  const states = process.env['PINECONE_CONTRACT_STATES'];
  const key = process.env['PINECONE_API_KEY'] ?? '';
  describeContract(contract, url, () =>
    liveTarget({ url, key, operation, ...(states === undefined ? {} : { states }) }),
  );
}
