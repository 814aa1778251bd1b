import type { Operation } from '../model/document.ts';

/** Whether a status key stands for errors: 4xx and 5xx, their ranges, and `default` beside a success. */
export function isRefusal({ responses }: Pick<Operation, 'responses'>, key: string): boolean {
  return /^[45]/.test(key) || (key === 'default' && responses.some((response) => /^[23]/.test(response.key)));
}
