// Replays every attack of suites/attack, where other runs replay a share of them. Options are vitest's, such as -t NAME.
import { spawnSync } from 'node:child_process';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', 'suites/attack', ...process.argv.slice(2)];
const env = { ...process.env, PINECONE_CONTRACT_ATTACKS: 'all' };
process.exitCode = spawnSync(process.execPath, vitest, { env, stdio: 'inherit' }).status ?? 1;
