import type { Operation } from '../../model/document.ts';
import { below, follow, textAt } from '../../openapi/document/pointer.ts';
import type { LintRule } from '../finding.ts';
import type { LintedOperation } from '../sites.ts';

export const responseUnreachableRule: LintRule = {
  id: 'response-unreachable',
  title: 'Each declared response is one that a request which the document allows can get.',
  severity: 'warning',
  *find({ operations }) {
    for (const linted of operations) {
      const { id, responses } = linted.operation;
      for (const { key, at } of responses) {
        const why = reasons[key]?.(linted) ?? (/^1/.test(key) && key !== '101' ? interim : undefined);
        if (why === undefined) continue;
        yield {
          at,
          message: `nothing can provoke the response ${key}: ${why.because}`,
          expected: why.expected,
          actual: why.actual,
          remedy: why.remedy,
          operations: [id],
        };
      }
    }
  },
};

interface Reason {
  readonly because: string;
  readonly expected: string;
  readonly actual: string;
  readonly remedy: string;
}

const interim: Reason = {
  because: 'it is an interim response, which a final one follows (RFC 9110, section 15.2)',
  expected: 'a final status',
  actual: 'an interim one',
  remedy: 'Take the response out.',
};

/** Only what is certain: a status that some request might get is not listed. */
const reasons: Readonly<Record<string, (linted: LintedOperation) => Reason | undefined>> = {
  '304': ({ operation: { method } }) =>
    method === 'GET' || method === 'HEAD'
      ? undefined
      : {
          because: 'only GET and HEAD are answered with it (RFC 9110, section 15.4.5)',
          expected: 'GET or HEAD',
          actual: method,
          remedy: 'Take the response out.',
        },
  '401': (linted) =>
    linted.operation.security.length > 0 || mayCarryCredential(linted)
      ? undefined
      : {
          because: 'the operation asks for no credential',
          expected: 'security that asks for a credential',
          actual: 'no security',
          remedy: 'Declare the security of the operation, or take the response out.',
        },
  '406': ({ operation: { responses } }) =>
    responses.some(({ media }) => media.length > 0)
      ? undefined
      : {
          because: 'no response has a media type that a client could refuse',
          expected: 'a response with content',
          actual: 'none',
          remedy: 'Declare the content of the responses, or take the response out.',
        },
  '413': withoutBody,
  '415': withoutBody,
  '422': ({ operation }) =>
    operation.requestBody !== undefined || operation.parameters.length > 0
      ? undefined
      : {
          because: 'the operation takes no body and no parameter that could be invalid',
          expected: 'a body or a parameter',
          actual: 'neither',
          remedy: 'Declare what the operation takes, or take the response out.',
        },
};

function withoutBody({ operation }: LintedOperation): Reason | undefined {
  if (operation.requestBody !== undefined) return undefined;
  return {
    because: 'the operation takes no body',
    expected: 'a request body',
    actual: 'none',
    remedy: 'Declare the request body, or take the response out.',
  };
}

/** A body may hold a password, and so may a parameter of such a name, even if OpenAPI ignores it: `Authorization`. */
function mayCarryCredential({ operation, pointer }: LintedOperation): boolean {
  return operation.requestBody !== undefined || parameterNames(operation, pointer).some((name) => secret.test(name));
}

const secret = /auth|token|key|secret|pass|session|cookie|credential|signature|sig$|sid$|user|login|code|otp/i;

function parameterNames({ document }: Operation, pointer: string): readonly string[] {
  const lists = [below(pointer.slice(0, pointer.lastIndexOf('/')), 'parameters'), below(pointer, 'parameters')];
  return lists.flatMap((list) => {
    const items = follow(document.root, list)?.value;
    const count = Array.isArray(items) ? items.length : 0;
    return Array.from({ length: count }, (_, at) =>
      textAt(follow(document.root, below(list, String(at)))?.value, 'name'),
    );
  });
}
