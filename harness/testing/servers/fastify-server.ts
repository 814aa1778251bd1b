import { randomUUID } from 'node:crypto';
import { fastify, type FastifyReply } from 'fastify';

/** What is wrong with the server. Each is one cause for many cases. */
export type Mistake =
  /** Whoever shows a key is let in. */
  | 'any-key'
  /** Errors have the shape that Fastify gives its own. */
  | 'own-error-shape'
  /** A backup with a pending restore job is answered 409. */
  | 'wrong-status'
  /** 202, and the backup stays. */
  | 'kept'
  /** A 500 shows where it was thrown. */
  | 'stack-trace';

export const fastifyKey = 'fastify-test-key-0001';

/** The states file of this server. */
export const fastifyStates = `a backup that can be deleted: { backup_id: 'ready-{n}' }
no such backup: { backup_id: '{uuid}' }
a backup with a pending restore job: { backup_id: 'pending-1' }
a server fault: { backup_id: 'faulty-1' }
`;

type State = 'ready' | 'pending' | 'faulty';

/** A server of delete_backup as users of Fastify write theirs: it conforms, but for the mistakes. Resolves to its origin. */
export async function startFastify(
  mistakes: ReadonlySet<Mistake>,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const backups = new Map<string, State>();
  const deleted = new Set<string>();
  // Ids name their state, so that nothing has to be arranged before.
  const stateOf = (id: string): State | undefined => {
    const named = /^(ready|pending|faulty)-\d{1,20}$/.exec(id)?.[1] as State | undefined;
    if (named !== undefined && !backups.has(id) && !deleted.has(id)) backups.set(id, named);
    return backups.get(id);
  };
  const refuse = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
    reply
      .code(status)
      .type('application/json')
      .send(
        mistakes.has('own-error-shape')
          ? { statusCode: status, error: code, message }
          : { error: { code, message }, status },
      );

  const app = fastify({ exposeHeadRoutes: false, routerOptions: { maxParamLength: 100_000 }, bodyLimit: 2 ** 23 });
  // DELETE takes no body: whatever comes is read and ignored.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
  app.addHook('onRequest', async (request, reply) => {
    const key = request.headers['api-key'];
    const accepted = mistakes.has('any-key') ? typeof key === 'string' && key !== '' : key === fastifyKey;
    if (!accepted) await refuse(reply, 401, 'UNAUTHENTICATED', 'Invalid API key.');
  });
  app.delete<{ Params: { readonly id: string } }>('/backups/:id', (request, reply) => {
    const { id } = request.params;
    switch (stateOf(id)) {
      case undefined:
        return refuse(reply, 404, 'NOT_FOUND', 'Backup not found.');
      case 'pending':
        return mistakes.has('wrong-status')
          ? refuse(reply, 409, 'ALREADY_EXISTS', 'The backup has a pending restore job.')
          : refuse(reply, 412, 'FAILED_PRECONDITION', 'Cannot delete the backup: a restore job is pending.');
      case 'faulty': {
        const trace = new Error('the index is not reachable').stack ?? '';
        return refuse(reply, 500, 'UNKNOWN', mistakes.has('stack-trace') ? trace : 'Internal server error.');
      }
      case 'ready':
        if (!mistakes.has('kept')) {
          backups.delete(id);
          deleted.add(id);
        }
        return reply.code(202).send();
    }
  });
  app.get<{ Params: { readonly id: string } }>('/backups/:id', (request, reply) => {
    const { id } = request.params;
    if (stateOf(id) === undefined) return refuse(reply, 404, 'NOT_FOUND', 'Backup not found.');
    return reply.send({ backup_id: id, source_index_name: 'index', source_index_id: randomUUID(), status: 'Ready' });
  });
  app.get('/backups', (_request, reply) =>
    reply.send({ data: [...backups.keys()].map((backup_id) => ({ backup_id })) }),
  );
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, 'NOT_FOUND', 'Not found.'));
  app.setErrorHandler<{ readonly statusCode?: number }>(({ statusCode }, _request, reply) =>
    statusCode === undefined
      ? refuse(reply, 500, 'UNKNOWN', 'Internal server error.')
      : refuse(reply, statusCode, 'INVALID_ARGUMENT', 'The request is not valid.'),
  );
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
}
