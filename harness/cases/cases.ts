import type { Case } from '../model/case.ts';
import type { Operation } from '../model/document.ts';
import { versionPart } from './declared-part.ts';
import { declaredCases } from './declared.ts';
import { inputProbes } from './defaults/input-probes.ts';
import { resourceProbes } from './defaults/resource-probes.ts';
import { unsendable } from './defaults/unsendable.ts';
import { suiteHeaders } from './request-plan.ts';
import { validateSuite, validateProbes } from './validate-suite.ts';
import { probeContext, probeCase } from './probes/context.ts';
import { probeMakers } from './probes/index.ts';
import { probeGroups, type Suite } from './suite.ts';

/** Every case of an operation: the declared ones in the document's order, then the probes group by group. */
export function casesOf(operation: Operation, suite: Suite): readonly Case[] {
  const own = versionPart(suite, operation);
  validateSuite(operation, own);
  const headers = suiteHeaders(operation, own);
  const inputs =
    own.byDefault === true && unsendable(operation.path) === undefined
      ? [...resourceProbes(operation, headers), ...inputProbes(operation, headers)]
      : [];
  return [...declaredCases(operation, own), ...probeCases(operation, own), ...inputs];
}

function probeCases(operation: Operation, suite: Suite): readonly Case[] {
  const bench = probeContext(operation, suite);
  if (bench === undefined) return [];
  return probeGroups.flatMap((group) => {
    const { enabled, without } = suite.probes[group];
    if (!enabled) return [];
    const probes = probeMakers[group](bench);
    validateProbes(suite, group, { without, names: probes.map((probe) => probe.name) });
    return probes.filter((probe) => !without.includes(probe.name)).map((probe) => probeCase(bench, group, probe));
  });
}
