import { describe, expect, test } from 'vitest';
import { readDescription, readResult, requestIssues } from './protocol.ts';
import type { DriverRequest } from './protocol.ts';

const result = { v: 1, case: 'c', nonce: 'n', sdk: { name: 's', version: '1' }, elapsed_ms: 1 };
const none = { value: null, via: null };
const raised = { class: 'E', lineage: [], display: '', status: none, code: none, message: none, body: none, cause: [] };

describe('a result', () => {
  test.each([
    ['returned', { ...result, outcome: 'returned', returned: { type: 'None', json: null } }],
    ['raised', { ...result, outcome: 'raised', raised }],
    ['unsettled', { ...result, outcome: 'unsettled' }],
    ['with members of a later protocol', { ...result, outcome: 'unsupported', later: true }],
  ])('%s is read', (_, line) => {
    expect(readResult(JSON.stringify(line))).toEqual({ ok: true, value: line });
  });

  test.each([
    ['no JSON', 'done', 'not JSON'],
    ['another protocol', JSON.stringify({ ...result, v: 2, outcome: 'unsettled' }), '/v'],
    ['raised without what', JSON.stringify({ ...result, outcome: 'raised' }), 'raised'],
    ['an invented outcome', JSON.stringify({ ...result, outcome: 'fine' }), '/outcome'],
    [
      'a value that comes from nowhere',
      JSON.stringify({ ...result, outcome: 'raised', raised: { ...raised, status: { value: 404, via: null } } }),
      '/raised/status',
    ],
    [
      'a field that is forgotten, which is not the same as not exposed',
      JSON.stringify({ ...result, outcome: 'raised', raised: { ...raised, code: undefined } }),
      'code',
    ],
  ])('%s is refused', (_, line, why) => {
    const read = readResult(line);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.why).toContain(why);
  });
});

test('a description without a version is refused', () => {
  const read = readDescription(JSON.stringify({ protocol: [1], driver: 'd', sdk: { name: 's', source: 'x' } }));
  expect(read.ok).toBe(false);
});

test('the harness holds its own requests to the protocol', () => {
  const request: DriverRequest = {
    v: 1,
    run: 'r',
    case: 'c',
    nonce: '0123456789abcdef',
    operation: 'o',
    base_url: 'http://127.0.0.1:80',
    api_key: 'a-key-of-ours',
    input: { id: 'x' },
    client: {},
    deadline_ms: 1,
  };
  expect(requestIssues(request)).toEqual([]);
  expect(requestIssues({ ...request, base_url: 'https://api.pinecone.io' })).toHaveLength(1);
});
