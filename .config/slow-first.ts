import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects whose tests wait for proxies, servers and other processes most of the time, the slowest first. */
const waiting = ['pre-commit', 'conformance', 'crash', 'kubernetes', 'attack'];
/** Projects whose tests keep a core busy, the slowest first; all others are faster. */
const busy = ['property', 'contract', 'house', 'cli'];
/** Files that take a minute or more: a long file that begins last leaves the other cores idle. */
const slow = [
  'kubernetes/killed-rollout',
  'kubernetes/objects',
  'crash/crash',
  'conformance/gateway-api-differential',
  'conformance/istio-differential',
  'conformance/differential',
  'conformance/consul-differential',
  'conformance/rotation',
  'conformance/istio-waypoints',
  'conformance/hitless',
  'conformance/edges',
  'conformance/istio-validation',
  'conformance/delivery-mesh',
  'cli/canary-targets',
  'contract/outputs/outputs',
  'property/schema-valid',
  'property/silent-loss',
  'contract/targets',
  'cli/output-forms',
  'cli/resumed-delivery',
];

/**
 * Starts slow files before others. Files that wait and files that keep a core busy take turns, so that those that run at
 * the same time are of both kinds.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = (await super.sort(files)).sort(
      (a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b),
    );
    return [...new Set(sorted.map(groupOf))].flatMap((group) =>
      inTurns(sorted.filter((file) => groupOf(file) === group)),
    );
  }
}

function inTurns(files: readonly TestSpecification[]): readonly TestSpecification[] {
  const waits = files.filter(isWaiting);
  const others = files.filter((file) => !isWaiting(file));
  const turns = Math.max(waits.length, others.length);
  return Array.from({ length: turns }, (_, i) => [waits[i], others[i]])
    .flat()
    .filter((file) => file !== undefined);
}

function isWaiting({ project }: TestSpecification): boolean {
  return waiting.includes(project.name);
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

/** Slow files come first, then the files of slow projects. */
function placeOf({ project, moduleId }: TestSpecification): number {
  const file = slow.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
  if (file >= 0) return file;
  const place = [...waiting, ...busy].indexOf(project.name);
  return slow.length + (place < 0 ? waiting.length + busy.length : place);
}
