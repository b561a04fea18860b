import type { Access, AccessRule } from '../../../ir/access.ts';
import type { HeaderChanges, Rule } from '../../../ir/route.ts';
import { mtlsOf, type Service } from '../../../ir/service.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Guarded, Judge } from '../security/guarded.ts';
import { narrowed } from '../security/rules.ts';

/**
 * A service whose calls its waypoint judges. Policies are for the service, not for pods, and see the ports that callers
 * see. They are asked before routes change anything, where the spec means the request that the server receives.
 */
export function guardedByWaypoint(service: Service, waypoint: string): Guarded {
  const { id, namespace, name, origin, authentication, ports } = service;
  return {
    origin,
    from: `Service/${id}`,
    namespace,
    name: [name],
    target: { targetRefs: [{ group: '', kind: 'Service', name }] },
    access: accessOf(service),
    authentication,
    ports: ports.map((port) => ({
      name: port.name,
      number: port.number,
      called: port.number,
      http: port.http,
      shared: false,
    })),
    namesPorts: false,
    passing: [],
    changed: changedParts(ports.flatMap(({ route }) => route.rules)),
    judge: judgeOf(service, waypoint),
  };
}

/** The ways to the service at its waypoint, where connections end before requests are seen. */
function judgeOf({ id, ports }: Service, waypoint: string): Judge {
  const chains = ports.flatMap(({ http, number }) =>
    http ? [`inbound-vip|${String(number)}|http|${hostOf(id)}`] : [],
  );
  return {
    place: { context: 'SIDECAR_INBOUND', waypoint, chains },
    seesPorts: false,
    identityOf: notedIdentity,
  };
}

/** A principal that asks for the identity which a waypoint notes of a caller, whose connection ends before it. */
function notedIdentity(principal: Json): Json {
  if (Array.isArray(principal)) return (principal as readonly Json[]).map(notedIdentity);
  if (typeof principal !== 'object' || principal === null) return principal;
  return Object.fromEntries(
    Object.entries(principal as { readonly [field: string]: Json }).map(([field, value]) =>
      field === 'authenticated'
        ? [
            'filter_state',
            { key: 'io.istio.peer_principal', string_match: jsonRecord(value)['principal_name'] ?? null },
          ]
        : [field, notedIdentity(value)],
    ),
  );
}

/**
 * Ambient gives callers an identity also at ports where the spec says that nobody has one: there only a rule for anyone may
 * let them in.
 */
function accessOf(service: Service): Access {
  const { access, ports } = service;
  const identified = ports.filter((port) => mtlsOf(service, port) !== 'disabled').map(({ name }) => name);
  if (identified.length === ports.length) return access;
  return {
    ...access,
    allow: access.allow.map((rule) =>
      isForAnyone(rule) ? rule : { ...rule, to: narrowed(rule, identified) },
    ),
  };
}

function isForAnyone({ from }: AccessRule): boolean {
  return from === undefined || from.some(({ type }) => type === 'anyone');
}

/** Returns the parts of a request that the routes of a service change. */
function changedParts(rules: readonly Rule[]): NonNullable<Guarded['changed']> {
  const forwards = rules.flatMap(({ action }) => (action.type === 'forward' ? [action] : []));
  return {
    paths: forwards.some(({ rewrite }) => rewrite?.path !== undefined),
    hosts: forwards.some(({ rewrite }) => rewrite?.host !== undefined),
    headers: new Set(forwards.flatMap(({ requestHeaders }) => names(requestHeaders))),
  };
}

function names({ set, add, remove }: HeaderChanges): readonly string[] {
  return [...[...set, ...add].map(({ name }) => name), ...remove];
}
