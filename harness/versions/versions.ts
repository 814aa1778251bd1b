import { packageFile } from '../core/package-files.ts';
import { HarnessError } from '../core/errors.ts';
import { checkedData } from '../openapi/data.ts';
import { readYaml } from '../openapi/document/yaml.ts';

/** An API version that this package holds a document of. */
export interface ApiVersion {
  /** Such as `2025-04`; also the value of the version header. */
  readonly version: string;
  /** The path of our document. */
  readonly file: string;
  readonly sha256: string;
  /** Where the whole document is published. */
  readonly published: string;
  /** The day on which ours was last compared with it. */
  readonly compared: string;
}

/** The API versions of specs/versions.yaml, oldest first. */
export function apiVersions(): readonly ApiVersion[] {
  const data = checkedData<{ readonly versions: readonly ApiVersion[] }>(
    readYaml(packageFile('specs', 'versions.yaml')),
    'versions',
  );
  return data.versions.map((each) => ({ ...each, file: packageFile('specs', each.file) }));
}

/** The version that was delivered, and that counts where none is named. */
export const deliveredVersion = '2025-04';

/** One of them; `E_API_VERSION` names the others. */
export function apiVersion(wanted: string): ApiVersion {
  const all = apiVersions();
  const found = all.find(({ version }) => version === wanted);
  if (found !== undefined) return found;
  throw new HarnessError('E_API_VERSION', `There is no document of API version ${wanted}`, {
    hint: `The versions here: ${all.map(({ version }) => version).join(', ')}. For another one, give its document.`,
  });
}
