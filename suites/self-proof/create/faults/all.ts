import type { CreateFault } from '../fault.ts';
import { inputFaults } from './input.ts';
import { madeFaults } from './made.ts';
import { refusedFaults } from './refused.ts';

/** Every faulty server of create_index. */
export const createFaults: readonly CreateFault[] = [...inputFaults, ...madeFaults, ...refusedFaults];
