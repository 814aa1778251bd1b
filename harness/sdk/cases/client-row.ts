import type { ClientUse } from './client-use.ts';
import type { SdkPlan } from './sdk-case.ts';

/** A case of a client that is made or used in another way than the ordinary one. */
export type ClientRow = Pick<SdkPlan, 'title' | 'requirement'> &
  Partial<Pick<SdkPlan, 'reply' | 'needs' | 'refusal' | 'situation' | 'deadlineMs'>> & {
    readonly name: string;
    readonly use: ClientUse;
  };

/** A key that the client was not given. */
export const otherKey = 'pckey-of-another-project';
/** The version that the user adds: which of the two is sent is the SDK's to say, but not both. */
export const addedVersion = '2024-07';
