import { accessSync, constants } from 'node:fs';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';

/** Before a run, which may take minutes and delete things: its reports must have a place to go. */
export function prepareReportsFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new HarnessError('E_REPORTS', `the reports cannot be written to ${folder}: ${messageOf(cause)}`, {
      hint: 'Give a folder that can be written to: --reports DIR.',
      cause,
    });
  }
}
