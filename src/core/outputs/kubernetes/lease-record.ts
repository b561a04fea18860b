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
  /** The Lease that this record wrote last. */
  #written: LiveObject | undefined;

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
    for (let [version, attempt] = [before, 0]; ; attempt += 1) {
      const written =
        version === undefined
          ? await this.#cluster.create(leases, lease)
          : await this.#cluster.replace(leases, {
              ...lease,
              metadata: { ...lease.metadata, resourceVersion: version },
            });
      const now = written ?? (await this.#cluster.read(leases, this.#name));
      if (now === undefined || (written === undefined && now.metadata.resourceVersion === version))
        return undefined;
      // Without an answer, the present Lease may be the one that was written.
      if (written !== undefined || isSame(now, lease)) {
        this.#written = now;
        return now.metadata.resourceVersion;
      }
      // Somebody else has noted something at our Lease, such as a tool for backups.
      const last = this.#written;
      const isOurs = last !== undefined && last.metadata.resourceVersion === before && isSame(now, last);
      if (!isOurs || attempt >= attempts) return undefined;
      version = now.metadata.resourceVersion;
    }
  }
}

/** Further attempts to write a Lease that somebody keeps changing. */
const attempts = 3;

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

function isSame(one: LiveObject, other: LiveObject): boolean {
  return textOf(one) === textOf(other) && canonicalJson(one['spec']) === canonicalJson(other['spec']);
}

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
