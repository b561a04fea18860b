import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import type { Compression } from '../../../ports/compression.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { applySetId, parentAnnotations, parentLabel, parentName } from './apply-set.ts';
import { type Inventory, type Member, parentAnnotationsOf } from './inventory.ts';

/** The inventory of a cluster with the version that the next write replaces. */
export interface KeptInventory {
  readonly members: Inventory;
  /** The mark of the step in force; absent if there is none. */
  readonly mark?: string;
  readonly version: string;
}

/** The place and writer of an inventory. */
export interface InventorySettings {
  /** `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  readonly namespace: string;
  /** `mesh/1.2.3`. */
  readonly tool: string;
  readonly compression: Compression;
}

/** Returns the id of the ApplySet of an inventory. */
export function setOf({ inventory, namespace }: Pick<InventorySettings, 'inventory' | 'namespace'>): string {
  return applySetId({ name: parentName(inventory), namespace, kind: 'ConfigMap', group: '' });
}

/**
 * Reads the ConfigMap that is the parent of an ApplySet. Returns undefined if there is none. Throws PortError(7) if
 * another tool keeps the set, or if the object belongs to another set.
 */
export async function readInventory(
  cluster: Cluster,
  settings: InventorySettings,
): Promise<KeptInventory | undefined> {
  const { namespace, inventory, compression } = settings;
  const name = parentName(inventory);
  const parent = await cluster.read(configMaps, { namespace, name });
  if (parent === undefined) return undefined;
  const { labels = {}, annotations = {}, resourceVersion = '' } = parent.metadata;
  const tooling = annotations[parentAnnotations.tooling] ?? '';
  const where = `the ConfigMap ${namespace}/${name}`;
  if (labels[parentLabel] !== setOf(settings) || !tooling.startsWith('mesh/'))
    throw new PortError(
      `${where} is no inventory of mesh${tooling === '' ? '' : `: ${tooling} keeps it`}`,
      exit.foreign,
    );
  const packed = jsonRecord(parent['binaryData'])['inventory'];
  const kept = typeof packed === 'string' ? (JSON.parse(compression.unpack(packed, most)) as Json) : null;
  const { inventory: whose, members, mark } = jsonRecord(kept);
  if (whose !== inventory)
    throw new PortError(
      `${where} is the inventory of ${JSON.stringify(whose ?? null)}, not of ${inventory}`,
      exit.foreign,
    );
  const list = (Array.isArray(members) ? members : []) as unknown as readonly Member[];
  return {
    members: new Map(list.map((one) => [one.ref, one])),
    version: resourceVersion,
    ...(typeof mark === 'string' && { mark }),
  };
}

/**
 * Writes the inventory over the version `before` (undefined: creates it) and returns the new version. Returns undefined
 * and changes nothing if another run has written the inventory.
 */
export async function writeInventory(
  cluster: Cluster,
  settings: InventorySettings,
  content: Pick<KeptInventory, 'members' | 'mark'>,
  before: string | undefined,
): Promise<string | undefined> {
  const parent = parentOf(settings, content);
  const written =
    before === undefined
      ? await cluster.create(configMaps, parent)
      : await cluster.replace(configMaps, {
          ...parent,
          metadata: { ...parent.metadata, resourceVersion: before },
        });
  if (written !== undefined) return written.metadata.resourceVersion;
  const now = await cluster.read(configMaps, parent.metadata);
  const isOurs =
    now !== undefined &&
    now.metadata.resourceVersion !== before &&
    jsonRecord(now['binaryData'])['inventory'] === jsonRecord(parent['binaryData'])['inventory'];
  return isOurs ? now.metadata.resourceVersion : undefined;
}

const configMaps: ServedKind = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  namespaced: true,
};

/** The most bytes of an inventory: a member has about 100, so this is enough for more members than any cluster has. */
const most = 256 * 1024 * 1024;

function parentOf(
  { inventory, namespace, tool, compression }: InventorySettings,
  { members, mark }: Pick<KeptInventory, 'members' | 'mark'>,
): LiveObject {
  const list = [...members.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: parentName(inventory),
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'mesh', [parentLabel]: setOf({ inventory, namespace }) },
      annotations: parentAnnotationsOf(list, tool, namespace),
    },
    binaryData: {
      inventory: compression.pack(JSON.stringify({ formatVersion: '1.0', inventory, members: list, mark })),
    },
  };
}
