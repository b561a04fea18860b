import { defineMessages, finding } from '../../diagnostics/message.ts';
import { append } from '../../lib/append.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { AccessDocument, AllowRule, DenyRule } from '../../spec/types.gen.ts';
import type { Access, AccessRule } from '../access.ts';
import type { Authentication } from '../authentication.ts';
import type { ServiceId } from '../service-id.ts';
import { accessCondition } from './access-conditions.ts';
import { accessExceptions } from './access-exceptions.ts';
import { accessOperation } from './access-operations.ts';
import type { AuthenticationTable } from './authentications.ts';
import type { Linking } from './linking.ts';
import { gatewayId, serviceId } from './names.ts';
import type { PortOwner } from './ports.ts';
import { titleOf } from './ports.ts';
import { callerMatches } from './principals.ts';
import { listenerNames } from './routes.ts';
import { itemsOf, keyLocationOf, locationOf, originOfWritten } from './spec-place.ts';
import { writtenPorts } from './written-ports.ts';

export const messages = defineMessages({
  MESH2090: {
    severity: 'error',
    text: 'an Access names both a `service` and a `gateway`',
    explanation:
      'An Access guards either a service or a gateway. Write one document for each; all Access documents add up.',
  },
  MESH2091: {
    severity: 'warning',
    text: 'there is no Service in the namespace {namespace}, so this Access guards nothing',
    explanation: '`service: "*"` means all Services in the namespace of the document. Correct the namespace.',
  },
});

/** The rules about callers, by id of service and of gateway; a missing id has no Access. */
export interface AccessTable {
  readonly services: ReadonlyMap<ServiceId, Access>;
  readonly gateways: ReadonlyMap<ServiceId, Access>;
}

/** Combines all Access documents in the order of their names, so that the order of files has no effect. */
export function accessTable(linking: Linking, authentication: AuthenticationTable): AccessTable {
  const inNamespace = servicesByNamespace(linking);
  const services = new Map<ServiceId, Collected>();
  const gateways = new Map<ServiceId, Collected>();
  for (const access of linking.spec.accesses) {
    const guarded = guardedBy(linking, access, inNamespace);
    const tokens = guarded.kind === 'gateway' ? authentication.gateways : authentication.services;
    const authentications = guarded.ids.flatMap((id) => tokens.get(id) ?? []);
    const rules = rulesOf(linking, access, guarded, [...new Set(authentications)]);
    const closes = rules.allow.length > 0 || (access.value.spec.rules ?? []).length === 0;
    const into = guarded.kind === 'gateway' ? gateways : services;
    for (const id of guarded.ids) {
      const collected = into.get(id) ?? { closed: false, allow: [], deny: [] };
      into.set(id, collected);
      collected.closed ||= closes;
      append(collected.allow, rules.allow);
      append(collected.deny, rules.deny);
    }
  }
  const deny = linking.mesh.access !== 'allow';
  return {
    services: new Map([...services].map(([id, all]) => [id, { ...all, closed: deny || all.closed }])),
    gateways: new Map([...gateways].map(([id, all]) => [id, { ...all, closed: all.allow.length > 0 }])),
  };
}

interface Collected {
  closed: boolean;
  readonly allow: AccessRule[];
  readonly deny: AccessRule[];
}

/** The services or gateways that an Access guards. */
interface Guarded {
  readonly kind: 'service' | 'namespace' | 'gateway';
  readonly ids: readonly ServiceId[];
  readonly owner: PortOwner;
}

/** The owner of ports if its name is unknown, which is reported already; the names of its ports aren't checked. */
const unknownOwner: PortOwner = { title: '', portNames: [] };

function guardedBy(
  linking: Linking,
  access: SpecObject<AccessDocument>,
  inNamespace: ReadonlyMap<string, readonly ServiceId[]>,
): Guarded {
  const { spec } = access.value;
  const { namespace } = access;
  const { names, report } = linking;
  if (spec.gateway !== undefined) {
    const at = { container: spec, key: 'gateway' };
    if (spec.service !== undefined) report(finding(messages, 'MESH2090', keyLocationOf(at), {}));
    const id = gatewayId(names, { name: spec.gateway, namespace, ...at }, report);
    if (id === undefined) return { kind: 'gateway', ids: [], owner: unknownOwner };
    const owner = { title: titleOf('Gateway', id), portNames: listenerNames(linking, id) };
    return { kind: 'gateway', ids: [id], owner };
  }
  const at = { container: spec, key: 'service' };
  if (spec.service !== '*') {
    const reference = { name: spec.service ?? '', namespace, ...at };
    const id = serviceId(names, reference, 'an Access', report);
    const owner = id === undefined ? unknownOwner : writtenPorts(linking, id);
    return { kind: 'service', ids: id === undefined ? [] : [id], owner };
  }
  const ids = inNamespace.get(namespace) ?? [];
  if (ids.length === 0) report(finding(messages, 'MESH2091', locationOf(at), { namespace }));
  const portNames = [...new Set(ids.flatMap((id) => writtenPorts(linking, id).portNames))].sort();
  return { kind: 'namespace', ids, owner: { title: `the namespace ${namespace}`, portNames } };
}

function rulesOf(
  linking: Linking,
  access: SpecObject<AccessDocument>,
  guarded: Guarded,
  authentications: readonly Authentication[],
): Pick<Access, 'allow' | 'deny'> {
  const allow: AccessRule[] = [];
  const deny: AccessRule[] = [];
  for (const [rule] of itemsOf(access.value.spec.rules)) {
    for (const effect of ['allow', 'deny'] as const) {
      const written = rule[effect];
      if (written === undefined) continue;
      const linked = ruleOf(linking, access.namespace, written, guarded, authentications);
      if (linked !== undefined) (effect === 'allow' ? allow : deny).push(linked);
    }
  }
  return { allow, deny };
}

/**
 * Links a rule. Returns undefined if all names in one of its lists are unknown: an empty list would mean no condition.
 */
function ruleOf(
  linking: Linking,
  namespace: string,
  rule: AllowRule | DenyRule,
  guarded: Guarded,
  authentications: readonly Authentication[],
): AccessRule | undefined {
  const atGateway = guarded.kind === 'gateway';
  const from = rule.from && callerMatches(linking, rule.from, namespace, atGateway);
  const to =
    rule.to &&
    itemsOf(rule.to).flatMap(
      ([operation, at]) => accessOperation(linking, guarded.owner, operation, at) ?? [],
    );
  const when =
    rule.when &&
    itemsOf(rule.when).flatMap(
      ([condition, at]) => accessCondition(linking, authentications, condition, at) ?? [],
    );
  const except = accessExceptions(linking, namespace, { ...guarded.owner, atGateway }, rule.except);
  if ([from, to, when].some((list) => list?.length === 0)) return undefined;
  return {
    origin: originOfWritten({ container: rule }),
    ...(from && { from }),
    ...(to && { to }),
    ...(when && { when }),
    ...(except.length > 0 && { except }),
  };
}

function servicesByNamespace(linking: Linking): ReadonlyMap<string, readonly ServiceId[]> {
  const all = new Map<string, ServiceId[]>();
  for (const [id, { namespace }] of linking.names.services) {
    const list = all.get(namespace);
    if (list === undefined) all.set(namespace, [id]);
    else list.push(id);
  }
  return all;
}
