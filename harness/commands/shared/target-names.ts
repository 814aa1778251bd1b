import { findConfig, readConfig } from '../../config/read-config.ts';
import { closestTo } from '../../openapi/closest.ts';

/** For a name that is no target: which ones the configuration has, the closest first. */
export async function targetsHint(name: string, config?: string): Promise<string> {
  const file = config ?? findConfig('.');
  if (file === undefined) return 'No configuration file is here, so no target has a name.';
  const names = Object.keys((await readConfig(file)).config.targets ?? {});
  if (names.length === 0) return `${file} has no targets.`;
  const [near] = closestTo(name, names);
  const meant = near === undefined ? '' : `Did you mean the target ${near}? `;
  return `${meant}The targets of ${file}: ${names.join(', ')}.`;
}
