import type { Fault } from '../fault.ts';
import { authFaults } from './auth.ts';
import { effectFaults } from './effect.ts';
import { identityFaults } from './identity.ts';
import { itemFaults } from './items.ts';
import { meaningFaults } from './meaning.ts';
import { mediaTypeFaults } from './media-type.ts';
import { methodAndPathFaults } from './method-and-path.ts';
import { problemFaults } from './problems.ts';
import { rangeFaults } from './ranges.ts';
import { requestFaults } from './request.ts';
import { schemaFaults } from './schema.ts';
import { securityFaults } from './security.ts';
import { statusFaults } from './status.ts';
import { syntaxFaults } from './syntax.ts';
import { newestFaults } from './newest.ts';
import { wireFaults } from './wire.ts';

/** Every faulty server. */
export const faults: readonly Fault[] = [
  ...statusFaults,
  ...mediaTypeFaults,
  ...rangeFaults,
  ...syntaxFaults,
  ...schemaFaults,
  ...itemFaults,
  ...meaningFaults,
  ...problemFaults,
  ...authFaults,
  ...identityFaults,
  ...effectFaults,
  ...methodAndPathFaults,
  ...requestFaults,
  ...wireFaults,
  ...securityFaults,
  ...newestFaults,
];
