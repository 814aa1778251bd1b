import type { Target } from '../model/target.ts';

function statusOf(target: Target, id: string, caseId: string): Promise<number | undefined> {
  return target
    .send({ method: 'DELETE', path: `/backups/${id}`, headers: [['Api-Key', target.key]] }, { caseId })
    .then(({ response }) => response?.status);
}

/** Arrange a state, delete what it gives, and return the status. */
export async function provoke(target: Target, state: string, caseId: string): Promise<number | undefined> {
  const { values, release } = await arranged(target, state, caseId);
  try {
    return await statusOf(target, values['backup_id'] ?? '', caseId);
  } finally {
    await release(false);
  }
}

export async function arranged(
  target: Target,
  state: string,
  caseId: string,
): Promise<{ readonly values: Readonly<Record<string, string>>; release: (untouched: boolean) => Promise<void> }> {
  const given = await target.arrange(state, { consumes: true, caseId });
  return { values: given.values, release: (untouched) => given.release({ untouched }) };
}
