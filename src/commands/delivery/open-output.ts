import type { Output, TargetConfig } from '../../core/ir/target-config.ts';
import { DirectoryOutput } from '../../core/outputs/directory/directory-output.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { ObservingParts } from './delivery-parts.ts';

/** What opening an output needs of the world. */
type OpeningParts = Pick<ObservingParts, 'outputDirectory'>;

type OutputOf<K extends Output['type']> = Extract<Output, { readonly type: K }>;

type Open<K extends Output['type']> = (
  root: string,
  output: OutputOf<K>,
  parts: OpeningParts,
) => Promise<OutputDriver>;

/** The kinds of outputs that this `mesh` delivers to, each with how one is opened: a new driver is a line here. */
const kinds = {
  directory: async (root, { path, seenAs }, { outputDirectory }) =>
    new DirectoryOutput(await outputDirectory(root, path), seenAs),
} as const satisfies { readonly [K in Output['type']]?: Open<K> };

type DeliveredKind = keyof typeof kinds;

/** A target whose kind of output has a driver. */
export type DeliveredTarget = TargetConfig & { readonly output: OutputOf<DeliveredKind> };

/** Whether the kind of a target's output has a driver. */
export function isDelivered(target: TargetConfig): target is DeliveredTarget {
  return target.output !== undefined && Object.hasOwn(kinds, target.output.type);
}

/** Opens the output of a target; a relative path is taken from the root. */
export function openOutput(
  root: string,
  { output }: DeliveredTarget,
  parts: OpeningParts,
): Promise<OutputDriver> {
  return kinds[output.type](root, output, parts);
}

/** Opens the output directory that `--directory` names; `path` is absolute, and `recorded` says how proxies see it. */
export function openDirectory(
  path: string,
  parts: OpeningParts,
  recorded?: OutputOf<'directory'>,
): Promise<OutputDriver> {
  return kinds.directory('/', { ...recorded, type: 'directory', path }, parts);
}
