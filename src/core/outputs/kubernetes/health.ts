import type { LiveObject } from '../../../ports/cluster.ts';
import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';

/**
 * The health of an object by its status: the results of kstatus, where `current` is healthy and `unknown` has no
 * status.
 */
export interface Health {
  readonly state: 'current' | 'in progress' | 'failed' | 'terminating' | 'unknown';
  /** A sentence for people; empty for `current`. */
  readonly why: string;
}

/**
 * Returns the health of an object. Kinds that never have a status are `current`. An object without a status from its
 * controller is `unknown`, which is no fault.
 */
export function healthOf(live: LiveObject): Health {
  const { metadata, kind } = live;
  if (metadata.deletionTimestamp !== undefined) {
    const waits = (metadata.finalizers ?? []).join(', ');
    return { state: 'terminating', why: waits === '' ? 'it is being deleted' : `it waits for ${waits}` };
  }
  if (withoutStatus.has(kind)) return current;
  const status = jsonRecord(live['status']);
  const observed = status['observedGeneration'];
  if (typeof observed === 'number' && metadata.generation !== undefined && observed < metadata.generation)
    return { state: 'in progress', why: 'its controller has not seen the last change' };
  const own = rules[kind]?.(live);
  if (own !== undefined) return own;
  if (Array.isArray(status['parents']))
    return attachedHealth(status['parents'] as readonly Json[], metadata.generation);
  return conditionsHealth(conditionsOf(status), metadata.generation);
}

const current: Health = { state: 'current', why: '' };

/** Kinds of Kubernetes that have no status. */
const withoutStatus: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'EndpointSlice',
  'ReferenceGrant',
]);

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
}

function conditionsOf(status: Readonly<Record<string, Json | undefined>>): readonly Condition[] {
  const { conditions } = status;
  return (Array.isArray(conditions) ? (conditions as readonly Json[]) : []).map((one) => {
    const { type, status: value, reason, message, observedGeneration } = jsonRecord(one);
    return {
      type: text(type),
      status: text(value),
      reason: text(reason),
      message: text(message),
      ...(typeof observedGeneration === 'number' && { observedGeneration }),
    };
  });
}

/** Conditions that report a fault when they are true (kstatus: abnormal-true). */
const abnormal: ReadonlySet<string> = new Set(['Stalled']);
const busy: ReadonlySet<string> = new Set(['Reconciling']);

/** Conditions that have to be true for an object to be in force: of the Gateway API, of meshes, of Kubernetes. */
const needed: ReadonlySet<string> = new Set([
  'Accepted',
  'ResolvedRefs',
  'Programmed',
  'Reconciled',
  'PassedValidation',
  'Ready',
  'Available',
  'Established',
  'NamesAccepted',
]);

function conditionsHealth(conditions: readonly Condition[], generation: number | undefined): Health {
  if (conditions.length === 0) return { state: 'unknown', why: 'no controller has written a status' };
  for (const one of conditions) {
    if (
      one.observedGeneration !== undefined &&
      generation !== undefined &&
      one.observedGeneration < generation
    )
      return { state: 'in progress', why: `${one.type} is said of an older version of it` };
    if (abnormal.has(one.type) && one.status === 'True') return { state: 'failed', why: sentence(one) };
    if (busy.has(one.type) && one.status === 'True') return { state: 'in progress', why: sentence(one) };
  }
  const known = conditions.filter(({ type }) => needed.has(type));
  const no = known.find(({ status }) => status === 'False');
  if (no !== undefined)
    return { state: pending.has(no.reason) ? 'in progress' : 'failed', why: sentence(no) };
  const open = known.find(({ status }) => status !== 'True');
  if (open !== undefined) return { state: 'in progress', why: sentence(open) };
  return known.length === 0
    ? { state: 'unknown', why: 'its status says nothing of whether it is in force' }
    : current;
}

/**
 * Reasons of a condition that is false for now. Gateway API: `Pending`, and `AddressNotAssigned` while a load balancer
 * or the first instance of a gateway starts. Kubernetes: a roll-out in progress.
 */
const pending: ReadonlySet<string> = new Set([
  'Pending',
  'AddressNotAssigned',
  'Waiting',
  'Progressing',
  'Installing',
  'MinimumReplicasUnavailable',
]);

/** Returns the health of a route or policy, which is in force once each of its parents has accepted it. */
function attachedHealth(parents: readonly Json[], generation: number | undefined): Health {
  if (parents.length === 0) return { state: 'unknown', why: 'no parent has answered' };
  const answers = parents.map((parent) => {
    const fields = jsonRecord(parent);
    const name = text(jsonRecord(fields['parentRef'] ?? fields['ancestorRef'])['name']);
    const health = conditionsHealth(conditionsOf(fields), generation);
    return { ...health, why: health.why === '' ? '' : `parent ${name}: ${health.why}` };
  });
  for (const state of ['failed', 'in progress', 'unknown'] as const) {
    const found = answers.find((one) => one.state === state);
    if (found !== undefined) return found;
  }
  return current;
}

const rules: Readonly<Record<string, (live: LiveObject) => Health | undefined>> = {
  Namespace: (live) => {
    const { phase } = jsonRecord(live['status']);
    return phase === 'Terminating' ? { state: 'terminating', why: 'it is being deleted' } : current;
  },
  Service: (live) => {
    const { type } = jsonRecord(live['spec']);
    if (type !== 'LoadBalancer') return current;
    const { ingress } = jsonRecord(jsonRecord(live['status'])['loadBalancer']);
    const has = Array.isArray(ingress) && ingress.length > 0;
    return has ? current : { state: 'in progress', why: 'the load balancer has no address yet' };
  },
  Certificate: (live) => {
    // cert-manager sets Ready to False until the first issue has ended.
    const isIssuing = conditionsOf(jsonRecord(live['status'])).some(
      ({ type, status }) => type === 'Issuing' && status === 'True',
    );
    return isIssuing ? { state: 'in progress', why: 'its issuer has not signed it yet' } : undefined;
  },
  Bundle: (live) => {
    const synced = conditionsOf(jsonRecord(live['status'])).find(({ type }) => type === 'Synced');
    if (synced === undefined) return undefined;
    return synced.status === 'True' ? current : { state: 'failed', why: sentence(synced) };
  },
  Deployment: (live) => {
    const { replicas: wanted } = jsonRecord(live['spec']);
    const status = jsonRecord(live['status']);
    const failed = conditionsOf(status).find(
      ({ type, status: value, reason }) =>
        type === 'Progressing' && value === 'False' && reason === 'ProgressDeadlineExceeded',
    );
    if (failed !== undefined) return { state: 'failed', why: sentence(failed) };
    if (Object.keys(status).length === 0) return undefined;
    const want = count(wanted, 1);
    const [updated, available] = [count(status['updatedReplicas'], 0), count(status['availableReplicas'], 0)];
    if (updated >= want && available >= want) return current;
    return {
      state: 'in progress',
      why: `${available} of ${want} replicas are available, ${updated} updated`,
    };
  },
};

function sentence({ type, status, reason, message }: Condition): string {
  const because = [reason, message].filter((part) => part !== '').join(': ');
  return `${type} is ${status}${because === '' ? '' : ` (${because})`}`;
}

function count(value: Json | undefined, absent: number): number {
  return typeof value === 'number' ? value : absent;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
