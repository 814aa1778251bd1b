import { departureOf } from './conform.ts';
import { problem } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route } from '../route.ts';
import { written } from './write.ts';
import type { Written } from './write.ts';

/**
 * The bytes of a reply that has been validated against the document. One that does not conform goes out as a loud fault
 * instead, so that the mock and the document cannot drift apart unseen.
 */
export function checkedBytes(route: Route, reply: Reply, faults: string[]): Written {
  const known = route.bytes.get(reply);
  if (known !== undefined) return known;
  const departure = violationIn(route, reply);
  const bytes = departure === undefined ? written(reply) : faultBytes(departure, faults);
  if (reply.constant === true) route.bytes.set(reply, bytes);
  return bytes;
}

/** The mock is wrong, not its caller: said in the answer, and kept. */
export function faultBytes(fault: string, faults: string[]): Written {
  if (faults.length < 1000) faults.push(fault);
  return written(problem(500, `mock fault: ${fault}`, 'INTERNAL'));
}

function violationIn({ operation, name }: Route, reply: Reply): string | undefined {
  if (operation === undefined || reply.unchecked === true) return undefined;
  const departure = departureOf(operation, reply);
  return departure === undefined ? undefined : `${name} → ${reply.status}: ${departure}`;
}
