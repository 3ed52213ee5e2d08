import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects that run together take turns from their first file to their last: one waits where the other computes. */
export class Turns extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const counts = Map.groupBy(sorted, ({ project }) => project.name)
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    const shareOf = (file: TestSpecification) => {
      const own = counts.get(file.project.name) ?? []
      return own.indexOf(file) / own.length
    }
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || shareOf(a) - shareOf(b))
  }
}
