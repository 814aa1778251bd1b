import { resourceName } from '../../live/ledger-lines.ts';
import { idAt } from './answers.ts';
import { allOf } from './lists.ts';
import { type MadeBackup, makeBackup, makeIndex, type Workshop } from './make.ts';
import { once } from './once.ts';

/** The backups of a run, all of one index that is made when the first is needed. */
export interface Backups {
  /** A backup that no case has changed: one that was given back, or a new one. */
  take(): Promise<MadeBackup>;
  /** Another case may have it: nothing has changed it. */
  giveBack(backup: MadeBackup): void;
}

export function openBackups(workshop: Workshop): Backups {
  const { api, ledger } = workshop;
  const { run } = ledger.head;
  const unchanged: MadeBackup[] = [];
  let count = 0;

  const index = once(async () => {
    const others = new Set((await allOf(api, '/backups')).flatMap((backup) => idAt(backup, 'backup_id') ?? []));
    const name = resourceName(run, 'index', 1);
    await makeIndex(workshop, name);
    return { name, others };
  });

  return {
    async take() {
      const spare = unchanged.pop();
      if (spare !== undefined) return spare;
      const { name, others } = await index();
      return makeBackup(workshop, { name: resourceName(run, 'backup', (count += 1)), index: name, others });
    },
    giveBack: (backup) => void unchanged.push(backup),
  };
}
