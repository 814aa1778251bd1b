import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { HarnessError } from '../errors.ts';
import type { Exchange, Operation, SentRequest, Target } from '../model.ts';
import { sentRequest } from '../wire/redact.ts';
import { type Fixture, fixturePath, readFixture } from './fixture-file.ts';
import { promisesOf } from './fixture-promise.ts';
import { scrubText, shownCredentials, tellingHeaders } from './fixture-scrub.ts';
import { openReplay } from './replay.ts';

/** Recorded answers, replayed with the network shut. */
export async function fixturesTarget(options: {
  readonly folder: string;
  readonly operation: Operation;
}): Promise<Target> {
  const { folder, operation } = options;
  const key = `pcsk_${randomBytes(24).toString('base64url')}`;
  const replay = await openReplay();
  const fixtures = new Map<string, Fixture>();
  const given = new Map<string, number>();

  function fixtureOf(caseId: string): Fixture {
    const known = fixtures.get(caseId) ?? readFixture(folder, caseId);
    if (known === undefined) throw missing(folder, caseId);
    if (known.case !== caseId) throw stale(folder, caseId, `it was recorded for ${known.case}`);
    fixtures.set(caseId, known);
    return known;
  }

  return {
    kind: 'fixtures',
    name: 'fixtures',
    answersAnything: false,
    shared: false,
    key,
    can: () => true,
    arrange(state, { caseId }) {
      return new Promise((resolve) => {
        if (caseId === undefined) throw unnamed(state);
        const fixture = fixtureOf(caseId);
        const recorded = fixture.states.filter((each) => each.state === state);
        // A case may need one state twice, such as a backup and its neighbour: they are given in turn.
        const turn = given.get(`${caseId}\n${state}`) ?? 0;
        given.set(`${caseId}\n${state}`, turn + 1);
        const found = recorded[turn % Math.max(recorded.length, 1)];
        if (found === undefined) throw stale(folder, caseId, `it was recorded without the state "${state}"`);
        resolve({ values: found.values, release: () => Promise.resolve() });
      });
    },
    async send(request, { caseId }): Promise<Exchange> {
      const fixture = fixtureOf(caseId);
      const base = fixture.recorded.from.replace(/\/$/, '');
      const sent = sentRequest(base, request, [key]);
      const why = departure(fixture, operation, sent, sent.url.slice(base.length));
      if (why !== undefined) throw stale(folder, caseId, why);
      const start = performance.now();
      const response = await replay.send(request, recordedAnswer(fixture));
      return { request: sent, response, notes: [], ms: performance.now() - start };
    },
    close() {
      replay.close();
      return Promise.resolve([]);
    },
  };
}

function recordedAnswer(fixture: Fixture): Parameters<Awaited<ReturnType<typeof openReplay>>['send']>[1] {
  const [{ status, rawHeaders, response, responseIsBinary }] = fixture.nock;
  return {
    status,
    headers: Array.from({ length: rawHeaders.length / 2 }, (_, i) => [
      rawHeaders[i * 2] ?? '',
      rawHeaders[i * 2 + 1] ?? '',
    ]),
    body:
      typeof response === 'object'
        ? Buffer.from(JSON.stringify(response))
        : Buffer.from(response ?? '', responseIsBinary ? 'hex' : 'utf8'),
  };
}

/** In what the case of today departs from the one that was recorded. */
function departure(fixture: Fixture, operation: Operation, sent: SentRequest, path: string): string | undefined {
  const [recorded] = fixture.nock;
  const was = JSON.stringify(fixture.promise);
  if (!promisesOf(operation).some((promise) => JSON.stringify(promise) === was)) {
    return `the document no longer promises the ${fixture.promise.response} that was recorded`;
  }
  return (
    differs('method', recorded.method, sent.method) ??
    differs('path', recorded.path, scrubText(path, [])) ??
    differs('headers', shown(recorded.reqheaders), shown(tellingHeaders(sent.headers, operation.security))) ??
    differs(
      'credentials',
      fixture.credentials.join(', '),
      shownCredentials(sent.headers, operation.security).join(', '),
    ) ??
    differs('body', recorded.body ?? '', sent.body ?? '')
  );
}

function differs(what: string, recorded: string, today: string): string | undefined {
  return recorded === today
    ? undefined
    : `its ${what} was ${recorded || 'none'}, and the case now sends ${today || 'none'}`;
}

function shown(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

function missing(folder: string, caseId: string): HarnessError {
  return new HarnessError(
    'E_FIXTURE_MISSING',
    `${caseId} has no fixture: ${fixturePath(folder, caseId)} is not there`,
    {
      kind: 'harness',
      hint: record(caseId),
    },
  );
}

function stale(folder: string, caseId: string, why: string): HarnessError {
  return new HarnessError(
    'E_FIXTURE_STALE',
    `The fixture of ${caseId} is stale: ${why} (${fixturePath(folder, caseId)})`,
    {
      kind: 'harness',
      hint: record(caseId),
    },
  );
}

function record(caseId: string): string {
  return `Record it with \`pinecone-contract record --target URL --case '${caseId}'\`.`;
}

function unnamed(state: string): HarnessError {
  return new HarnessError('E_FIXTURE_CASE', `"${state}" was asked of the fixtures without the id of a case`, {
    kind: 'harness',
    hint: 'Pass { caseId } to arrange().',
  });
}
