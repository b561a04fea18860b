import { exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Output, TargetConfig } from '../../core/ir/target-config.ts';
import { DirectoryOutput } from '../../core/outputs/directory/directory-output.ts';
import { GitOutput } from '../../core/outputs/git/git-output.ts';
import type { GitPlace } from '../../core/outputs/git/git-place.ts';
import { folderOf } from '../../core/outputs/git/places.ts';
import { arrivedObjects } from '../../core/outputs/kubernetes/arrived-objects.ts';
import { KubernetesOutput } from '../../core/outputs/kubernetes/kubernetes-output.ts';
import { rbacObjects } from '../../core/outputs/kubernetes/rbac-objects.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import type { Artifact } from '../../core/targets/artifact.ts';
import type { Target } from '../../core/targets/target.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { targetOf } from './target-of.ts';

/** The parts of the world that opening an output needs. */
type OpeningParts = Pick<
  ObservingParts,
  'outputDirectory' | 'openCluster' | 'openDeployment' | 'compression' | 'clock' | 'tool'
>;

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

/**
 * The kinds of outputs that this `mesh` delivers to, each with the function that opens one: a new driver is a line
 * here.
 */
const kinds: { readonly [K in Output['type']]: Open<K> } = {
  directory: async (root, { path, seenAs }, { outputDirectory }) =>
    new DirectoryOutput(await outputDirectory(root, path), seenAs),
  kubernetes: openCluster,
  git: openBranch,
};

/** A target with an output. */
export type DeliveredTarget = TargetConfig & { readonly output: Output };

/** Returns true if a target has an output. */
export function isDelivered(target: TargetConfig): target is DeliveredTarget {
  return target.output !== undefined;
}

/** Returns true if the target's type of output takes its configuration: only directories take files. */
export async function canBeDelivered(config: TargetConfig): Promise<boolean> {
  if (!isDelivered(config)) return false;
  return config.output.type === 'directory' || (await targetOf(config)).proxies === undefined;
}

/** Returns true if the target's output holds certificates and keys of proxies: only directories do. */
export function holdsMaterial({ output }: DeliveredTarget): boolean {
  return output.type === 'directory';
}

/** Opens the output of a target; a relative path is taken from the root. */
export function openOutput(
  root: string,
  config: DeliveredTarget,
  mesh: Opened['mesh'],
  parts: OpeningParts,
): Promise<OutputDriver> {
  // `open` fits `config`: both belong to the same type of output. TypeScript can't see this.
  const open = kinds[config.output.type] as Open<Output['type']>;
  return open(root, config.output, parts, { config, mesh });
}

function inventoryOf({ name, environment }: Opened['mesh'], target: string): string {
  return `${name}.${environment}.${target}`;
}

async function openCluster(
  _root: string,
  { context, stateNamespace }: OutputOf<'kubernetes'>,
  parts: OpeningParts,
  { config, mesh }: Opened,
): Promise<OutputDriver> {
  const target = await objectTarget(config, 'a cluster');
  const cluster = await parts.openCluster(context);
  const { compression, clock, tool } = parts;
  const inventory = inventoryOf(mesh, config.name);
  return new KubernetesOutput({
    cluster,
    compression,
    clock,
    target,
    inventory,
    namespace: stateNamespace,
    tool,
  });
}

async function openBranch(
  root: string,
  { repository, branch, path, propose, layout = 'objects', syncWaves = false, observe }: OutputOf<'git'>,
  { openDeployment, openCluster: openCarried, clock, compression }: OpeningParts,
  { config, mesh }: Opened,
): Promise<OutputDriver> {
  const { order, defaults } = await objectTarget(config, 'a deployment repository');
  const folder = folderOf(path);
  const place: GitPlace = {
    repository: await openDeployment(root, repository, folder),
    clock,
    inventory: inventoryOf(mesh, config.name),
    branch,
    propose,
    folder,
    rendering: {
      layout,
      syncWaves,
      ...(order && { order }),
      ...(defaults && { defaults: defaults(config.options) }),
    },
    ...(observe !== undefined && {
      arrival: async (objects) => arrivedObjects(await openCarried(observe), objects),
    }),
  };
  return new GitOutput(place, compression);
}

/** Returns the target. Throws PortError(3) if its configuration is files, which only directories can take. */
async function objectTarget(config: TargetConfig, place: string): Promise<Target> {
  const target = await targetOf(config);
  if (target.proxies === undefined) return target;
  throw new PortError(
    `target ${config.name}: the configuration of ${target.title} is files, and ${place} takes objects: give it an output directory`,
    exit.findings,
  );
}

/**
 * Returns the objects that grant the least rights for deliveries to an output in a cluster; none for other types of
 * output.
 */
export function rolesOf(
  { name, output }: DeliveredTarget,
  mesh: Opened['mesh'],
  {
    artifacts,
    owns,
    podTrust,
  }: { readonly artifacts: readonly Artifact[] } & Pick<Target, 'owns' | 'podTrust'>,
  job: 'plan' | 'apply',
): readonly object[] {
  if (output.type !== 'kubernetes') return [];
  const inventory = inventoryOf(mesh, name);
  return rbacObjects({ inventory, namespace: output.stateNamespace, artifacts, owns, podTrust }, job);
}

/**
 * Opens the output directory that `--directory` names; `path` is absolute, and `recorded` has the path that proxies
 * see.
 */
export async function openDirectory(
  path: string,
  { outputDirectory }: Pick<ObservingParts, 'outputDirectory'>,
  recorded?: OutputOf<'directory'>,
): Promise<OutputDriver> {
  return new DirectoryOutput(await outputDirectory('/', path), recorded?.seenAs);
}
