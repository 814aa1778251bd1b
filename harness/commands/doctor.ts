import { keyVariable } from '../core/default-suite.ts';
import { Command } from 'commander';
import { findConfig, readConfig } from '../config/read-config.ts';
import { hasTarget, settingsOf } from '../config/settings.ts';
import { outcomeLabels } from '../report/labels.ts';
import type { Checkup } from './doctor/checkup.ts';
import { checkClock, checkKey, checkNode, checkProxy, checkServer, checkToolchains } from './doctor/checkups.ts';
import { type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';

interface DoctorOptions extends ReportingOptions {
  readonly target?: string;
  readonly config?: string;
}

/** `pinecone-contract doctor`: whether this machine and the target are ready for a run. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description(
      'check Node, the configuration, the key, the target, the proxy, the clock and the toolchains for `sdk`',
    )
    .argument('[target]', 'a target of the configuration, or a URL')
    .optionsGroup('Which configuration:')
    .option('--config <file>', 'the configuration file; default: pinecone-contract.config.* in this folder');
  return reportingOptions(command).action(async (target: string | undefined, options: DoctorOptions) => {
    const found = await checkups(target, options.config);
    const bad = found.filter(({ state }) => state === 'bad');
    process.exitCode = tell(options, {
      exit: bad.length > 0 ? 3 : 0,
      json: found,
      text: found.map(line).join('\n'),
      annotations: bad.map(({ name, words }) => ({ title: name, text: words })),
    });
  });
}

async function checkups(target: string | undefined, file: string | undefined): Promise<readonly Checkup[]> {
  const config = file ?? findConfig('.');
  const source = config === undefined ? undefined : await readConfig(config);
  const named = target !== undefined && source !== undefined && hasTarget(source, target);
  const url = named ? String(settingsOf(source, target)['target']?.value) : target;
  const server = url === undefined ? undefined : await checkServer(url, config);
  return [
    checkNode(process.versions.node),
    config === undefined
      ? {
          name: 'configuration',
          state: 'absent',
          words: 'no pinecone-contract.config.* here; `pinecone-contract init` writes one',
        }
      : { name: 'configuration', state: 'good', words: config },
    checkKey(process.env[keyVariable] ?? '', url !== undefined),
    ...(server === undefined
      ? [{ name: 'target', state: 'absent', words: 'none was named: doctor TARGET, or doctor URL' } as const]
      : [server.checkup, checkClock(server.date, new Date(), server.checkup.state === 'good')]),
    checkProxy(process.env),
    ...(await checkToolchains()),
  ];
}

const marks: Readonly<Record<Checkup['state'], string>> = {
  good: outcomeLabels.pass.mark,
  bad: outcomeLabels.fail.mark,
  absent: outcomeLabels.skip.mark,
};

function line({ name, state, words }: Checkup): string {
  return `${marks[state]} ${name.padEnd(13)}  ${words}`;
}
