import { exit } from '../../core/exit-code.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { PortError } from '../../ports/port-error.ts';

/** Throws PortError(3) if an output, with links resolved, is or lies inside the output of another target. */
export function refuseNested(
  places: readonly { readonly name: string; readonly output: Pick<OutputDriver, 'place'> }[],
): void {
  const sorted = places
    .map(({ name, output: { place: path } }) => ({ name, path: path.endsWith('/') ? path : `${path}/` }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const [i, { name, path }] of sorted.entries()) {
    const before = sorted.slice(0, i).findLast((other) => path.startsWith(other.path));
    if (before === undefined) continue;
    throw new PortError(
      `the output of target ${name} is ${path}, which is or lies inside that of target ${before.name} (${before.path}): give each a folder of its own`,
      exit.findings,
    );
  }
}
