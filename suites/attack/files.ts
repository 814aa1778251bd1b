import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { packageFile } from '../../harness/core/package-files.ts';
import { sampleRun } from '../../harness/testing/sample-run.ts';
import type { Attack } from './attack.ts';
import { replacements } from './replace.ts';

function shipped(name: string): unknown {
  return parse(readFileSync(packageFile('suites', 'delete_backup', name), 'utf8'));
}

const waivers = {
  waivers: [
    {
      case: 'delete_backup/404/**',
      check: 'status',
      reason: 'known',
      issue: 'https://x.example/1',
      since: '2026-01-01',
      expires: '2027-01-01',
    },
  ],
};

/** Files of this tool that somebody edited. */
export const fileAttacks: readonly Attack[] = [
  ...replacements(sampleRun(), 40).map((text, index) => ({
    name: `run.json: value ${index} replaced`,
    args: index % 2 === 0 ? ['report', 'run.json', '--reports', 'out'] : ['compare', 'run.json', 'run.json'],
    files: { 'run.json': text },
  })),
  ...replacements(shipped('suite.yaml'), 16).map((text, index) => ({
    name: `suite.yaml: value ${index} replaced`,
    args: ['cases', '--suite', 'suite'],
    files: { 'suite/suite.yaml': text },
  })),
  ...replacements(shipped('states.yaml'), 8).map((text, index) => ({
    name: `states.yaml: value ${index} replaced`,
    args: [
      'run',
      '--target',
      '{origin}',
      '--states',
      'states.yaml',
      '--reports',
      'out',
      '--case',
      '**/404/**',
      '--case',
      '**/202/**',
    ],
    files: { 'states.yaml': text },
    server: ['HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'],
  })),
  ...replacements(waivers, 8).map((text, index) => ({
    name: `waivers.yaml: value ${index} replaced`,
    args: ['run', '--case', '**/404/**', '--waivers', 'waivers.yaml', '--reports', 'out'],
    files: { 'waivers.yaml': text },
  })),
];
