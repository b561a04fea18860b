import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects whose files take longest, the first first: a long file that begins last leaves the other cores idle. */
const slow = ['pre-commit', 'components', 'crash', 'cli', 'property', 'contract', 'house'];

/** Starts the files of slow projects before those of the others; within a project the order is Vitest's own. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function placeOf({ project }: TestSpecification): number {
  const place = slow.indexOf(project.name);
  return place < 0 ? slow.length : place;
}
