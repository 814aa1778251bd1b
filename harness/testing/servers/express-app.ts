import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import { type AppAnswer, type AppFault, backupRules } from './backup-rules.ts';

/** An app of Express that implements delete_backup as its document says, but for the fault. */
export function expressApp(fault?: AppFault): Express {
  const rules = backupRules(fault);
  const app = express().disable('x-powered-by').enable('strict routing').enable('case sensitive routing');
  app.use((request, response, next) => {
    const refusal = rules.authorize(request.get('Api-Key'));
    if (refusal === undefined) next();
    else send(response, refusal);
  });
  app.get('/backups', (_request, response) => send(response, rules.list()));
  app
    .route('/backups/:id')
    .get((request, response) => send(response, rules.read(request.params.id)))
    .delete((request, response) => send(response, rules.remove(request.params.id)))
    .all((_request, response) => send(response.set('Allow', 'GET, HEAD, DELETE'), rules.notAllowed));
  app.use((_request, response) => send(response, rules.missing));
  // An id that cannot be decoded is nobody's.
  const undecodable: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) next(error);
    else send(response, rules.missing);
  };
  app.use(undecodable);
  return app;
}

function send(response: Response, { status, body }: AppAnswer): void {
  response.status(status);
  if (body === undefined) response.end();
  else response.json(body);
}
