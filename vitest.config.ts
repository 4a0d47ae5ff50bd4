import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Takes minutes and little of the machine: the others run beside it. */
const first = 'test/lab/five-minutes.test.ts'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isFirst = ({ moduleId }: TestSpecification) => moduleId.endsWith(first)
    return [...sorted.filter(isFirst), ...sorted.filter(file => !isFirst(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // One more than the tests are made for: the first file takes one of them for minutes.
    maxWorkers: 3,
  },
})
