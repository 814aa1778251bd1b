// A server of delete_backup as a user of Fastify writes it, in a process of its own. It conforms, but for the mistakes that
// its arguments name:
//   node fastify-server.mjs [MISTAKE …]
// It prints its origin once it listens, and ends when its standard input does.
import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';

const mistakes = new Set(process.argv.slice(2));
const known = ['any-key', 'own-error-shape', 'wrong-status', 'kept', 'stack-trace'];
for (const each of mistakes) if (!known.includes(each)) throw new Error(`${each} is none of ${known.join(', ')}`);
const apiKey = process.env.PINECONE_API_KEY ?? 'fastify-test-key-0001';

/** @type {Map<string, 'ready' | 'pending' | 'faulty'>} */
const backups = new Map();
const deleted = new Set();

/** The ids of the states file name their state, so that nothing has to be arranged before. */
function backupOf(id) {
  if (!backups.has(id) && !deleted.has(id)) {
    const [, state] = /^(ready|pending|faulty)-\d{1,20}$/.exec(id) ?? [];
    if (state !== undefined) backups.set(id, state);
  }
  return backups.get(id);
}

const app = fastify({
  exposeHeadRoutes: false,
  routerOptions: { maxParamLength: 100_000 },
  bodyLimit: 8 * 1024 * 1024,
});

// DELETE takes no body: whatever comes is read and ignored.
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));

app.addHook('onRequest', async (request, reply) => {
  const key = request.headers['api-key'];
  const accepted = mistakes.has('any-key') ? typeof key === 'string' && key !== '' : key === apiKey;
  if (!accepted) return refuse(reply, 401, 'UNAUTHENTICATED', 'Invalid API key.');
});

app.delete('/backups/:id', async (request, reply) => {
  const { id } = request.params;
  const state = backupOf(id);
  if (state === undefined) return refuse(reply, 404, 'NOT_FOUND', `Backup not found.`);
  if (state === 'pending') {
    if (mistakes.has('wrong-status'))
      return refuse(reply, 409, 'ALREADY_EXISTS', 'The backup has a pending restore job.');
    return refuse(reply, 412, 'FAILED_PRECONDITION', 'Cannot delete the backup: a restore job is pending.');
  }
  if (state === 'faulty') {
    const message = mistakes.has('stack-trace')
      ? new Error('the index is not reachable').stack
      : 'Internal server error.';
    return refuse(reply, 500, 'UNKNOWN', message);
  }
  if (!mistakes.has('kept')) {
    backups.delete(id);
    deleted.add(id);
  }
  return reply.code(202).send();
});

app.get('/backups/:id', async (request, reply) => {
  const { id } = request.params;
  if (backupOf(id) === undefined) return refuse(reply, 404, 'NOT_FOUND', 'Backup not found.');
  return {
    backup_id: id,
    source_index_name: 'index',
    source_index_id: randomUUID(),
    status: 'Ready',
    cloud: 'aws',
    region: 'us-east-1',
  };
});

app.get('/backups', async () => ({ data: [...backups.keys()].map((backup_id) => ({ backup_id })) }));

app.setNotFoundHandler((request, reply) => refuse(reply, 404, 'NOT_FOUND', 'Not found.'));
app.setErrorHandler((error, request, reply) =>
  refuse(
    reply,
    error.statusCode ?? 500,
    error.statusCode === undefined ? 'UNKNOWN' : 'INVALID_ARGUMENT',
    error.statusCode === undefined ? 'Internal server error.' : 'The request is not valid.',
  ),
);

function refuse(reply, status, code, message) {
  const body = mistakes.has('own-error-shape')
    ? { statusCode: status, error: code, message }
    : { error: { code, message }, status };
  return reply.code(status).type('application/json').send(body);
}

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
process.stdin.resume().on('end', () => process.exit(0));
