import type { Access, AccessRule } from '../../../ir/access.ts';
import type { HeaderChanges, Rule } from '../../../ir/route.ts';
import { mtlsOf, type Service } from '../../../ir/service.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Guarded, Judge } from '../security/guarded.ts';
import { narrowed } from '../security/rules.ts';

/**
 * Returns a service whose waypoint enforces the policies. They apply to the service, not to pods, and see the ports
 * that callers see. A waypoint checks them before routes change the request, but the spec means the request that the
 * server receives.
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
    })),
    namesPorts: false,
    passing: [],
    changed: changedParts(ports.flatMap(({ route }) => route.rules)),
    judge: judgeOf(service, waypoint),
  };
}

/** Returns the filter chains of the service at its waypoint, where connections end before requests are read. */
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

/**
 * Returns a principal for a waypoint: the caller's connection ends before it, so it compares the identity that was
 * recorded for the caller.
 */
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
 * Returns the access of a service for ambient, which gives callers an identity even at ports where the spec says that
 * they have none: there only a rule for anyone may let them in.
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
