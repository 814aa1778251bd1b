import type { Verbs } from './options/verb.ts';

export const verbs: Verbs = {
  run: {
    usage: '[options] [operation]',
    summary: 'run the contract against the mock, the fixtures or a live server',
    load: async () => (await import('./run.ts')).runCommand(),
  },
  cases: {
    usage: '[options] [operation]',
    summary: 'list the cases and how each is provoked',
    load: async () => (await import('./cases.ts')).casesCommand(),
  },
  explain: {
    usage: '[options] <case>',
    summary: 'show what a case promises, where the document says so, and how to try it by hand',
    load: async () => (await import('./explain.ts')).explainCommand(),
  },
  record: {
    usage: '[options] [operation]',
    summary: 'run the declared cases against a live server and write scrubbed nock fixtures',
    load: async () => (await import('./record.ts')).recordCommand(),
  },
  compare: {
    usage: '[options] <before> <after>',
    summary: 'show which cases behave differently between two runs',
    load: async () => (await import('./compare.ts')).compareCommand(),
  },
  report: {
    usage: '[options] <run.json...>',
    summary: 'merge runs (shards, targets, SDK releases) into one set of reports',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  sdk: {
    usage: '[options] [command] [name...]',
    summary:
      'gate SDK releases: the real clients against a scripted server, each judged by the document of its API version',
    load: async () => (await import('./sdk.ts')).sdkCommand(),
  },
  sweep: {
    usage: '[options]',
    summary: 'delete what an interrupted live run left, as its ledger says and the server confirms',
    load: async () => (await import('./sweep.ts')).sweepCommand(),
  },
  specs: {
    usage: '[options] [command]',
    summary: 'list the documents of the API versions; `specs check` compares them with the published ones',
    load: async () => (await import('./specs.ts')).specsCommand(),
  },
  diff: {
    usage: '[options] <before> <after>',
    summary: 'show what changes in the contract between two documents, and whom each change breaks',
    load: async () => (await import('./diff.ts')).diffCommand(),
  },
  lint: {
    usage: '[options] [what...]',
    summary: 'find what in a document contradicts itself, or says less than it seems to',
    load: async () => (await import('./lint.ts')).lintCommand(),
  },
  init: {
    usage: '[options] [operation]',
    summary:
      'write the configuration, the states file and, if asked, a workflow; for an operation, the folder of a suite',
    load: async () => (await import('./init.ts')).initCommand(),
  },
  doctor: {
    usage: '[options] [target]',
    summary: 'check Node, the configuration, the key, the target, the proxy, the clock and the toolchains for `sdk`',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  config: {
    usage: '[options] [target]',
    summary: 'show what is in force for `run`: what the configuration file sets, on which line, and the defaults',
    load: async () => (await import('./config.ts')).configCommand(),
  },
  mock: {
    usage: '[options]',
    summary: 'serve the embedded mock alone',
    load: async () => (await import('./mock.ts')).mockCommand(),
  },
  completion: {
    usage: '[options] <shell> [words...]',
    summary: 'print the script that completes commands, options and their values in bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completionCommand(verbs),
  },
};
