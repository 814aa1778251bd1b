import type { ProbeGroup } from '../suite.ts';
import { authProbes } from './auth.ts';
import type { ProbeMaker } from './context.ts';
import { effectProbes } from './effect.ts';
import { identityProbes } from './identity.ts';
import { methodProbes } from './method.ts';
import { pathProbes } from './path.ts';
import { requestProbes } from './request.ts';

/** The groups of probes, in the order in which reports show them. */
export const probeMakers = {
  auth: authProbes,
  identity: identityProbes,
  effect: effectProbes,
  method: methodProbes,
  path: pathProbes,
  request: requestProbes,
} as const satisfies Record<ProbeGroup, ProbeMaker>;
