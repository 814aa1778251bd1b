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

if (url !== undefined) {
  const states = process.env['PINECONE_CONTRACT_STATES'];
  const key = process.env['PINECONE_API_KEY'] ?? '';
  describeContract(contract, url, () =>
    liveTarget({ url, key, operation, ...(states === undefined ? {} : { states }) }),
  );
}
