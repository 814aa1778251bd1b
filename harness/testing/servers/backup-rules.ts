/** What is wrong with an app: a pending restore job is answered 409. */
export type AppFault = 'conflict';

export const appKey = 'pcsk_app_of_a_user_01';

/** What an app answers, whatever framework it is written in. */
export interface AppAnswer {
  readonly status: 200 | 202 | 401 | 404 | 405 | 409 | 412 | 500;
  readonly body?: object;
}

/** The rules of delete_backup. Ids name their state: ready-1, pending-1, boom-1; suites/delete_backup/states.yaml fits. */
export interface BackupRules {
  readonly authorize: (key: string | undefined) => AppAnswer | undefined;
  readonly remove: (id: string) => AppAnswer;
  readonly read: (id: string) => AppAnswer;
  readonly list: () => AppAnswer;
  readonly missing: AppAnswer;
  readonly notAllowed: AppAnswer;
}

export function backupRules(fault?: AppFault): BackupRules {
  const deleted = new Set<string>();
  const seen = new Set<string>();
  const isThere = (id: string): boolean => /^(ready|pending|boom)-[1-9]\d{0,19}$/.test(id) && !deleted.has(id);
  const missing = refused(404, 'NOT_FOUND', 'There is no such backup.');
  return {
    missing,
    notAllowed: refused(405, 'UNIMPLEMENTED', 'This method is not allowed here.'),
    authorize: (key) => (key === appKey ? undefined : refused(401, 'UNAUTHENTICATED', 'Invalid API key.')),
    remove: (id) => {
      if (!isThere(id)) return missing;
      if (id.startsWith('boom-')) return refused(500, 'UNKNOWN', 'Internal server error.');
      if (id.startsWith('pending-')) {
        const status = fault === 'conflict' ? 409 : 412;
        return refused(status, 'FAILED_PRECONDITION', 'A restore job of this backup is pending.');
      }
      deleted.add(id);
      return { status: 202 };
    },
    read: (id) => {
      if (!isThere(id)) return missing;
      seen.add(id);
      return { status: 200, body: { backup_id: id, status: 'Ready' } };
    },
    list: () => ({ status: 200, body: { data: [...seen].filter(isThere).map((backup_id) => ({ backup_id })) } }),
  };
}

function refused(status: AppAnswer['status'], code: string, message: string): AppAnswer {
  return { status, body: { error: { code, message }, status } };
}
