import type { Access, AccessOperation, AccessRule, CallerMatch } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { ClientAddress } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Json } from '../../artifact.ts';
import { all, any } from '../../envoy-filters/rbac/combine.ts';
import { butFor } from '../../envoy-filters/rbac/exceptions.ts';
import { permission } from '../../envoy-filters/rbac/permissions.ts';
import { ofTrustDomain, principal } from '../../envoy-filters/rbac/principals.ts';
import { addressPrincipal } from './addresses.ts';
import { condition } from './conditions.ts';

/** A guarded port of a service, or a guarded listener of a gateway. */
export interface Guarded {
  readonly access: Access;
  readonly authentication?: Authentication | undefined;
  /** The source of the client's address at a listener of a gateway. */
  readonly clientAddress?: ClientAddress | undefined;
  /** Name of the port or listener. */
  readonly port: string;
  readonly http: boolean;
}

/** The `rules` of two RBAC filters, of which the deny filter comes first; `undefined` lets everything pass. */
export interface AccessRules {
  readonly deny: Json | undefined;
  readonly allow: Json | undefined;
}

/**
 * Lowers Access to Envoy's RBAC. Policies are named by the position of their rule, counted from 1, which logs and
 * statistics show.
 */
export function accessRules(ir: Ir, guarded: Guarded): AccessRules {
  const { access } = guarded;
  const deny = [...policies(access.deny, 'deny', guarded), ...oneIdentity(ir)];
  return {
    deny: deny.length === 0 ? undefined : { action: 'DENY', policies: Object.fromEntries(deny) },
    allow: access.closed
      ? { action: 'ALLOW', policies: Object.fromEntries(policies(access.allow, 'allow', guarded)) }
      : undefined,
  };
}

type Policy = readonly [name: string, policy: Json];

function policies(rules: readonly AccessRule[], kind: 'allow' | 'deny', guarded: Guarded): readonly Policy[] {
  const caller = (match: CallerMatch, refused: boolean): Json =>
    match.type === 'address' ? addressPrincipal(match, guarded.clientAddress, refused) : principal(match);
  const refuses = kind === 'deny';
  return rules.flatMap((rule, index) => {
    const permissions = guarded.http ? httpPermissions(rule, guarded) : otherPermissions(rule, guarded);
    if (permissions.length === 0) return [];
    const fits = (operation: AccessOperation): boolean =>
      isFor(operation, guarded.port) && (guarded.http || !asksForHttp(operation));
    const principals = (rule.from?.map((one) => caller(one, refuses)) ?? [{ any: true }]).map((one) =>
      butFor(one, rule.except, fits, (excepted) => caller(excepted, !refuses)),
    );
    return [[`${kind}-${String(index + 1)}`, { permissions, principals }] as const];
  });
}

/** Returns alternatives; none if the rule can't match on this port. */
function httpPermissions(rule: AccessRule, { port, authentication }: Guarded): readonly Json[] {
  const operations = rule.to?.filter((operation) => isFor(operation, port)).map(permission) ?? [
    { any: true },
  ];
  const conditions = rule.when?.map((one) => condition(one, authentication));
  if (operations.length === 0 || conditions === undefined) return operations;
  return [all([any(operations), any(conditions)])];
}

function otherPermissions(rule: AccessRule, { port }: Guarded): readonly Json[] {
  return takesStreams(rule, port) ? [{ any: true }] : [];
}

/**
 * Returns the requests that external authorization is asked about, as `rules` of an RBAC filter that only records its
 * verdict.
 */
export function askedRules({ to, except }: Pick<AccessRule, 'to' | 'except'>, port: string): Json {
  const fits = (operation: AccessOperation): boolean => isFor(operation, port);
  const permissions = to?.filter(fits).map(permission) ?? [{ any: true }];
  const policies =
    permissions.length === 0
      ? {}
      : { asked: { permissions, principals: [butFor({ any: true }, except, fits, anyCaller)] } };
  return { action: 'ALLOW', policies };
}

/** Returns callers as a principal: external authorization names no addresses. */
function anyCaller(match: CallerMatch): Json {
  return match.type === 'address' ? { not_id: { any: true } } : principal(match);
}

/**
 * Returns true if a rule can match on a port that isn't HTTP: it has no condition on tokens, and an entry with only
 * ports.
 */
export function takesStreams(rule: Pick<AccessRule, 'to' | 'when'>, port: string): boolean {
  if (rule.when !== undefined) return false;
  return rule.to?.some((operation) => isFor(operation, port) && !asksForHttp(operation)) ?? true;
}

function isFor({ ports }: AccessOperation, port: string): boolean {
  return ports === undefined || ports.includes(port);
}

function asksForHttp({ methods, paths, hosts, headers }: AccessOperation): boolean {
  return [methods, paths, hosts, headers].some((part) => part !== undefined);
}

/**
 * Returns a policy that refuses certificates with several names. Envoy accepts any of a certificate's names as the
 * caller's, so a federated authority could add a name of our trust domain to one of its own.
 */
function oneIdentity(ir: Ir): readonly Policy[] {
  const domains = [ir.trustDomain, ...ir.certificates.federation.map(({ trustDomain }) => trustDomain)];
  if (domains.length < 2) return [];
  const principals = domains.map((domain) => ({
    and_ids: {
      ids: [
        ofTrustDomain(domain),
        { or_ids: { ids: domains.filter((other) => other !== domain).map(ofTrustDomain) } },
      ],
    },
  }));
  return [['one-identity', { permissions: [{ any: true }], principals }]];
}
