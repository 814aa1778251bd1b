import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Why files cannot be written into a folder that may have to be made, before anything is made; undefined where they can. */
export function whyNotWritable(folder: string): string | undefined {
  const path = resolve(folder);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return dirname(path) === path ? `there is no ${path}` : whyNotWritable(dirname(path));
  if (!stat.isDirectory()) return `${path} is a file, not a folder`;
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch {
    return `nothing may be written to ${path}`;
  }
}

/** The same for a file in a folder that is there; the file may be there already. */
export function whyNoFile(file: string): string | undefined {
  const [path, folder] = [resolve(file), dirname(resolve(file))];
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return `${path} is a folder, not a file`;
  return statSync(folder, { throwIfNoEntry: false }) === undefined
    ? `there is no folder ${folder}`
    : whyNotWritable(folder);
}
