import { exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Output, TargetConfig } from '../../core/ir/target-config.ts';
import { DirectoryOutput } from '../../core/outputs/directory/directory-output.ts';
import { KubernetesOutput } from '../../core/outputs/kubernetes/kubernetes-output.ts';
import { rbacObjects } from '../../core/outputs/kubernetes/rbac-objects.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { Artifact } from '../../core/targets/artifact.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { targetOf } from './target-of.ts';

/** The parts of the world that opening an output needs. */
type OpeningParts = Pick<ObservingParts, 'outputDirectory' | 'openCluster' | 'clock' | 'tool'>;

/** The target whose output is opened, and its mesh. */
interface Opened {
  readonly config: TargetConfig;
  readonly mesh: Pick<Ir, 'name' | 'environment'>;
}

type OutputOf<K extends Output['type']> = Extract<Output, { readonly type: K }>;

type Open<K extends Output['type']> = (
  root: string,
  output: OutputOf<K>,
  parts: OpeningParts,
  opened: Opened,
) => Promise<OutputDriver>;

/** The kinds of outputs that this `mesh` delivers to, each with how one is opened: a new driver is a line here. */
const kinds = {
  directory: async (root, { path, seenAs }, { outputDirectory }) =>
    new DirectoryOutput(await outputDirectory(root, path), seenAs),
  kubernetes: openCluster,
} as const satisfies { readonly [K in Output['type']]?: Open<K> };

type DeliveredKind = keyof typeof kinds;

/** A target whose kind of output has a driver. */
export type DeliveredTarget = TargetConfig & { readonly output: OutputOf<DeliveredKind> };

/** Returns true if the kind of a target's output has a driver. */
export function isDelivered(target: TargetConfig): target is DeliveredTarget {
  return target.output !== undefined && Object.hasOwn(kinds, target.output.type);
}

/** Returns true if the target has a kind of output that takes its configuration: files go to directories alone. */
export async function canBeDelivered(config: TargetConfig): Promise<boolean> {
  if (!isDelivered(config)) return false;
  return config.output.type === 'directory' || (await targetOf(config)).proxies === undefined;
}

/** Opens the output of a target; a relative path is taken from the root. */
export function openOutput(
  root: string,
  config: DeliveredTarget,
  mesh: Opened['mesh'],
  parts: OpeningParts,
): Promise<OutputDriver> {
  const { output } = config;
  return output.type === 'directory'
    ? kinds.directory(root, output, parts)
    : kinds[output.type](root, output, parts, { config, mesh });
}

function inventoryOf({ name, environment }: Opened['mesh'], target: string): string {
  return `${name}.${environment}.${target}`;
}

/** Throws PortError(3) if the target's configuration is files, which no cluster takes. */
async function openCluster(
  _root: string,
  { context, stateNamespace }: OutputOf<'kubernetes'>,
  parts: OpeningParts,
  { config, mesh }: Opened,
): Promise<OutputDriver> {
  const target = await targetOf(config);
  if (target.proxies !== undefined)
    throw new PortError(
      `target ${config.name}: the configuration of ${target.title} is files, and a cluster takes objects: give it an output directory`,
      exit.findings,
    );
  return new KubernetesOutput({
    ...(await parts.openCluster(context)),
    clock: parts.clock,
    target,
    inventory: inventoryOf(mesh, config.name),
    namespace: stateNamespace,
    tool: parts.tool,
  });
}

/** Returns the objects that grant the least rights of a job at the output of a target; none if it knows no rights. */
export function rolesOf(
  { name, output }: DeliveredTarget,
  mesh: Opened['mesh'],
  artifacts: readonly Artifact[],
  job: 'plan' | 'apply',
): readonly object[] {
  if (output.type !== 'kubernetes') return [];
  const inventory = inventoryOf(mesh, name);
  return rbacObjects({ inventory, namespace: output.stateNamespace, artifacts }, job);
}

/** Opens the output directory that `--directory` names; `path` is absolute, and `recorded` says how proxies see it. */
export async function openDirectory(
  path: string,
  { outputDirectory }: Pick<ObservingParts, 'outputDirectory'>,
  recorded?: OutputOf<'directory'>,
): Promise<OutputDriver> {
  return new DirectoryOutput(await outputDirectory('/', path), recorded?.seenAs);
}
