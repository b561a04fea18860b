import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { KeptText } from './state-secrets.ts';

/** The fields of a lock that `kubectl get lease` shows. */
export interface LeaseFacts {
  /** `user@host`, with the run. */
  readonly holder: string;
  /** Milliseconds without a heartbeat after which the holder counts as dead. */
  readonly ttl: number;
  /** The epoch, which rises each time somebody takes the lock. */
  readonly epoch: number;
  readonly taken: Date;
  readonly renewed: Date;
}

/**
 * The record of an inventory's lock: a text in a Lease (coordination.k8s.io/v1). A write names the version that it
 * replaces.
 */
export class LeaseRecord {
  readonly #cluster: Cluster;
  readonly #name: { readonly namespace: string; readonly name: string };

  constructor(cluster: Cluster, name: { readonly namespace: string; readonly name: string }) {
    this.#cluster = cluster;
    this.#name = name;
  }

  /**
   * Makes the namespace unless it exists. Ignores a missing right to make namespaces, since the write of the Lease then
   * fails.
   */
  async ensureNamespace(): Promise<void> {
    const metadata = { name: this.#name.namespace, labels: { 'app.kubernetes.io/managed-by': 'mesh' } };
    try {
      await this.#cluster.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata });
    } catch (error) {
      if (!(error instanceof PortError) || error.exitCode !== exit.unreachable) throw error;
    }
  }

  /** Returns undefined if nobody ever held the lock. */
  async read(): Promise<(KeptText & Pick<LeaseFacts, 'epoch'>) | undefined> {
    const lease = await this.#cluster.read(leases, this.#name);
    if (lease === undefined) return undefined;
    const { leaseTransitions: epoch } = jsonRecord(lease['spec']);
    return {
      text: textOf(lease),
      version: lease.metadata.resourceVersion ?? '',
      epoch: typeof epoch === 'number' ? epoch : 0,
    };
  }

  /**
   * Writes the text of a holder over the version `before` (undefined: creates the Lease) and returns the new version.
   * Returns undefined and changes nothing if the Lease has another version, since somebody else was faster.
   */
  async write(text: string, facts: LeaseFacts, before: string | undefined): Promise<string | undefined> {
    const lease = leaseOf(this.#name, text, facts);
    const written =
      before === undefined
        ? await this.#cluster.create(leases, lease)
        : await this.#cluster.replace(leases, {
            ...lease,
            metadata: { ...lease.metadata, resourceVersion: before },
          });
    if (written !== undefined) return written.metadata.resourceVersion;
    // The answer was lost: the present Lease is the one that was written.
    const now = await this.#cluster.read(leases, this.#name);
    if (now === undefined || now.metadata.resourceVersion === before || textOf(now) !== text)
      return undefined;
    return canonicalJson(now['spec']) === canonicalJson(lease['spec'])
      ? now.metadata.resourceVersion
      : undefined;
  }
}

const leases: ServedKind = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  resource: 'leases',
  namespaced: true,
};

const namespaces: ServedKind = {
  apiVersion: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  namespaced: false,
};

const record = 'meshwright.dev/lock';

function textOf({ metadata: { annotations = {} } }: LiveObject): string {
  return annotations[record] ?? '';
}

function leaseOf(
  name: { readonly namespace: string; readonly name: string },
  text: string,
  { holder, ttl, epoch, taken, renewed }: LeaseFacts,
): LiveObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      ...name,
      labels: { 'app.kubernetes.io/managed-by': 'mesh' },
      annotations: { [record]: text },
    },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.ceil(ttl / 1000),
      leaseTransitions: epoch,
      acquireTime: microTime(taken),
      renewTime: microTime(renewed),
    },
  };
}

/** MicroTime of Kubernetes: RFC 3339 with six digits. */
function microTime(time: Date): string {
  return time.toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
}
