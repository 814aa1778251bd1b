/** Under these keys the keys are names that the author chose: a property may well be called `example`. */
export const mapsOfNames = new Set(
  (
    'properties patternProperties $defs definitions dependentSchemas schemas examples responses headers parameters ' +
    'securitySchemes requestBodies callbacks links pathItems webhooks content encoding variables mediaTypes additionalOperations'
  ).split(' '),
);
const keysOfData = new Set(['example', 'default', 'enum', 'const', 'value', 'dataValue', 'mapping']);

/** Whether what stands under a key is data, in which a `$ref` is no reference. */
export function holdsData(key: string, value: unknown): boolean {
  return keysOfData.has(key) || key.startsWith('x-') || (key === 'examples' && Array.isArray(value));
}
