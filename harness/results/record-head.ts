import type { Suite } from '../cases/suite.ts';
import { packageVersion } from '../core/package-files.ts';
import type { Operation } from '../model/document.ts';
import type { RunRecord } from '../model/record.ts';
import { redactDeep } from '../wire/secrets/redact-deep.ts';

/** What a run is about: the same for every run of one contract. */
export function contractIdentity({
  operation,
  suite,
}: {
  readonly operation: Operation;
  readonly suite: Pick<Suite, 'name' | 'version'>;
}): Pick<RunRecord, 'operation' | 'document' | 'suite'> {
  const { source, title, version, sha256 } = operation.document;
  return {
    operation: { id: operation.id, method: operation.method, path: operation.path },
    document: { source, title, version, sha256 },
    suite: { name: suite.name, version: suite.version },
  };
}

/** The part of a run's record that is known before any case ran: what was tested, by what, against which document. */
export function recordHead(options: {
  readonly operation: Operation;
  readonly suite: Pick<Suite, 'name' | 'version'>;
  readonly subject: RunRecord['subject'];
  /** Strings that must not appear in it: the key. */
  readonly secrets: readonly string[];
}): Pick<RunRecord, 'schema' | 'tool' | 'subject' | 'operation' | 'document' | 'suite'> {
  const { subject, secrets } = options;
  const { operation, document, suite } = contractIdentity(options);
  return {
    schema: 'pinecone-contract/run@1',
    tool: { name: 'pinecone-contract', version: packageVersion },
    subject: redactDeep(subject, secrets),
    operation,
    document: redactDeep(document, secrets),
    suite,
  };
}
