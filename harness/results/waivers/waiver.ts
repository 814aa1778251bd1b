import { existsSync } from 'node:fs';
import { inApiRange } from '../../core/api-range.ts';
import { checkedData } from '../../openapi/data.ts';
import { readYaml } from '../../openapi/document/yaml.ts';

/** A failure that is known: which case, which check, why, where it is followed up, until when. */
export interface Waiver {
  /** A case id or a glob of ids. */
  readonly case: string;
  readonly check: string;
  /** How the finding's actual value must begin, so that another failure of the same check is not waived. */
  readonly actual?: string;
  /** The API versions that it is for, such as `>=2026-07`; all where it is absent. */
  readonly api?: string;
  /** The failure comes and goes: a case in which it does not show does not make the waiver out of date. */
  readonly intermittent?: true;
  readonly reason: string;
  readonly issue: string;
  /** Dates as `2026-11-30`; the last day of `expires` still counts. */
  readonly since: string;
  readonly expires: string;
  /** `file:line`, for messages. */
  readonly place: string;
}

/**
 * Read a waivers file. A missing file is no waivers with `optional`, and else `E_FILE`; throws `E_DATA` and
 * `E_YAML`, with the line, for a file that is not valid.
 */
export function readWaivers(file: string, options: { readonly optional?: boolean } = {}): readonly Waiver[] {
  if (options.optional === true && !existsSync(file)) return [];
  const yaml = readYaml(file);
  const { waivers } = checkedData<{ readonly waivers: readonly Omit<Waiver, 'place'>[] }>(yaml, 'waivers');
  return waivers.map((waiver, index) => ({ ...waiver, place: `${file}:${yaml.placeOf(`/waivers/${index}`).line}` }));
}

/** Those that are for an API version; a document whose version is none of the API has all of them. */
export function waiversOfVersion(waivers: readonly Waiver[], version: string): readonly Waiver[] {
  return waivers.filter(({ api }) => api === undefined || inApiRange(version, api) !== false);
}
