import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Listener } from '../../targets/live/listener.ts';
import { type AppAnswer, type AppFault, backupRules } from './backup-rules.ts';

/** The request listener of an app of Hono that implements delete_backup as its document says, but for the fault. */
export function honoListener(fault?: AppFault): Listener {
  const rules = backupRules(fault);
  const app = new Hono();
  app.use(async (context, next) => {
    const refusal = rules.authorize(context.req.header('Api-Key'));
    return refusal === undefined ? next() : send(context, refusal);
  });
  app.get('/backups', (context) => send(context, rules.list()));
  app.get('/backups/:id', (context) => send(context, rules.read(context.req.param('id'))));
  app.delete('/backups/:id', (context) => send(context, rules.remove(context.req.param('id'))));
  app.all('/backups/:id', (context) => {
    context.header('Allow', 'GET, HEAD, DELETE');
    return send(context, rules.notAllowed);
  });
  app.notFound((context) => send(context, rules.missing));
  // The Request and Response of the process stay Node's own: other tests share them.
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

function send(context: Context, { status, body }: AppAnswer): Response {
  return body === undefined ? context.body(null, status) : context.json(body, status);
}
