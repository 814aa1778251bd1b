import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The test beside the mutated file first, then its room: most mutants end there. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [mutated = ''] = [this.ctx.config.related ?? []].flat();
    const stem = basename(mutated, '.ts');
    const distance = ({ moduleId }: TestSpecification): number =>
      basename(moduleId, '.test.ts') === stem ? 0 : mutated.startsWith(dirname(moduleId)) ? 1 : 2;
    return (await super.sort(files)).toSorted((one, other) => distance(one) - distance(other));
  }
}

// The tests that are asked whether they notice a mutant: those of the mutated rooms, and none that takes seconds.
// eslint-disable-next-line no-restricted-syntax -- vitest wants its configuration so
export default defineConfig({
  test: {
    include: [
      'harness/{cases,checks}/**/*.test.ts',
      'harness/run/{examine,flake,steps/same-answer,validate-response,circuit-breaker}.test.ts',
      'harness/results/**/*.test.ts',
      'harness/openapi/match-response.test.ts',
    ],
    exclude: ['harness/checks/{fuzz,linear}.test.ts'],
    globalSetup: ['.ci/test-setup.mjs'],
    reporters: ['default'],
    // One worker imports everything once: an import of its own for each file costs ten times as much.
    isolate: false,
    sequence: { sequencer: NearestFirst },
    testTimeout: 20_000,
  },
});
