import type { SdkManifest } from './manifest.ts';
import { runProcess } from '../driver/process.ts';

type Toolchain =
  { readonly found: true; readonly versions: readonly string[] } | { readonly found: false; readonly reason: string };

/** Whether the tools of an SDK's language are here. */
export async function toolchainOf(
  manifest: SdkManifest,
  environment: Readonly<Record<string, string>>,
): Promise<Toolchain> {
  const versions: string[] = [];
  for (const { name, command } of manifest.toolchain) {
    const end = await runProcess({ command, cwd: manifest.folder, environment, stdin: '', deadlineMs: 30_000 });
    if (end.exit !== 0) return { found: false, reason: `toolchain not found: ${name} (${command.join(' ')})` };
    const [line = ''] = `${end.stdout}\n${end.stderr}`.split('\n').filter((one) => one.trim() !== '');
    // Maven colours its first line even into a pipe.
    versions.push(`${name}: ${line.replaceAll(/\u001b\[[0-9;]*m/g, '').trim()}`);
  }
  return { found: true, versions };
}
