import type { AccessException, AccessRule, CallerMatch } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import { type Principal, spiffeId } from '../../../ir/principal.ts';
import { type MtlsMode, mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import type { Origin } from '../../../location.ts';

/** A condition on the SPIFFE ID of a caller. */
export interface CallerId {
  readonly type: 'Exact' | 'Prefix';
  readonly value: string;
}

/** A rule of which Kuma lets fewer calls through than the spec. */
export interface Narrowed {
  readonly feature: Feature;
  readonly origin: Origin;
}

/** The callers of a port: those in `allow` and not in `deny`. Never wider than the spec. */
export interface PortCallers {
  readonly allow: readonly CallerId[];
  readonly deny: readonly CallerId[];
  readonly narrowed: readonly Narrowed[];
}

interface Reading {
  readonly service: Service;
  readonly port: Port;
  readonly mode: MtlsMode;
  readonly trustDomain: string;
  readonly accounts: readonly Principal[];
  readonly narrowed: Narrowed[];
}

/** Returns the callers of a port: Kuma looks at the identity of a connection alone, and a deny always wins. */
export function portCallers(
  service: Service,
  port: Port,
  accounts: readonly Principal[],
  trustDomain: string,
): PortCallers {
  const { access, authentication, origin } = service;
  const reading: Reading = {
    service,
    port,
    mode: mtlsOf(service, port),
    trustDomain,
    accounts,
    narrowed: [],
  };
  if (port.http && authentication?.required === true && authentication.issuers.length === 0)
    return { allow: [], deny: [], narrowed: [] };
  const allows = access.closed ? access.allow.filter((rule) => isAbout(rule, port)) : [{ origin }];
  const denies = access.deny.filter((rule) => isAbout(rule, port));
  if (!denies.every((rule) => isPlain(rule, port)))
    return { allow: namedCallers(allows, denies, reading), deny: [], narrowed: reading.narrowed };
  const plain = allows.filter((rule) => isPlain(rule, port));
  const others = allows.filter((rule) => !isPlain(rule, port));
  const callers = (rules: readonly AccessRule[]): readonly CallerId[] =>
    rules.flatMap(({ from }) => idsOf(from, reading));
  return {
    allow: unique([...callers(plain), ...namedCallers(others, [], reading)]),
    deny: unique(callers(denies)),
    narrowed: reading.narrowed,
  };
}

/** Returns true if a rule may concern a call to a port; single requests exist on HTTP ports alone. */
function isAbout({ to, when }: Pick<AccessRule, 'to' | 'when'>, port: Port): boolean {
  if (when !== undefined && !port.http) return false;
  return (
    to?.some(
      ({ ports, methods, paths, hosts, headers }) =>
        (ports?.includes(port.name) ?? true) &&
        (port.http || [methods, paths, hosts, headers].every((part) => part === undefined)),
    ) ?? true
  );
}

/** Returns true if a rule is about all calls of its callers to a port. */
function isPlain({ to, when, except }: AccessRule, port: Port): boolean {
  const whole = to?.some(
    (operation) => (operation.ports?.includes(port.name) ?? true) && !asksRequests([operation]),
  );
  return when === undefined && except === undefined && (whole ?? true);
}

function asksRequests(to: AccessRule['to']): boolean {
  return (
    to?.some(({ methods, paths, hosts, headers }) =>
      [methods, paths, hosts, headers].some((part) => part !== undefined),
    ) ?? false
  );
}

function idsOf(
  from: readonly CallerMatch[] | undefined,
  { mode, trustDomain }: Reading,
): readonly CallerId[] {
  const everybody: CallerId = { type: 'Prefix', value: `spiffe://${trustDomain}/` };
  return (from ?? [{ type: 'anyone' as const }]).flatMap((match): readonly CallerId[] => {
    if (match.type === 'anyone') return [everybody];
    if (mode === 'disabled' || match.type === 'address') return [];
    switch (match.type) {
      case 'authenticated':
        return [everybody];
      case 'namespace':
        // Without the slash the prefix would also fit accounts of longer namespaces.
        return [{ type: 'Prefix', value: `spiffe://${match.trustDomain}/ns/${match.namespace}/sa/` }];
      case 'spiffe':
        return [{ type: 'Exact', value: match.id }];
    }
  });
}

/** Returns the accounts of the mesh all of whose calls get through: those with a condition or an exception are left out. */
function namedCallers(
  allows: readonly AccessRule[],
  denies: readonly AccessRule[],
  reading: Reading,
): readonly CallerId[] {
  const { accounts, narrowed } = reading;
  for (const rule of allows) noteAllow(rule, reading);
  const kept = accounts.filter(
    (account) =>
      allows.some((rule) => isPlainFor(rule, account, reading)) &&
      !denies.some((rule) => concerns(rule, account, reading)),
  );
  for (const { origin, except = [], ...rule } of denies) {
    narrowed.push({ feature: 'access.deny', origin });
    if (asksRequests(rule.to)) narrowed.push(...(rule.to ?? []).filter(asks).map((one) => http(one.origin)));
    for (const exception of except) narrowed.push({ feature: 'access.except', origin: exception.origin });
  }
  return unique(kept.map((account) => ({ type: 'Exact', value: spiffeId(account) })));
}

function noteAllow(
  { origin, from, to, except = [], when }: AccessRule,
  { service, narrowed }: Reading,
): void {
  if (when !== undefined) return;
  const others = (from ?? [{ type: 'anyone' }]).some(({ type }) => type !== 'spiffe');
  if (others && service.access.closed && from?.some(({ type }) => type !== 'anyone') === true)
    narrowed.push({ feature: 'access.identity', origin });
  narrowed.push(...(to ?? []).filter(asks).map((one) => http(one.origin)));
  for (const exception of except) narrowed.push({ feature: 'access.except', origin: exception.origin });
}

function asks(operation: NonNullable<AccessRule['to']>[number]): boolean {
  return asksRequests([operation]);
}

function http(origin: Origin): Narrowed {
  return { feature: 'access.http', origin };
}

/** Returns true if a rule lets all calls of an account to a port in. */
function isPlainFor(
  { from, to, except = [], when }: AccessRule,
  account: Principal,
  reading: Reading,
): boolean {
  const { port } = reading;
  const whole = to?.some(
    (operation) => (operation.ports?.includes(port.name) ?? true) && !asksRequests([operation]),
  );
  return (
    when === undefined &&
    (whole ?? true) &&
    contains(from, account, reading) &&
    !except.some((exception) => isAbout(exception, port) && contains(exception.from, account, reading))
  );
}

/** Returns true if a deny may concern some call of an account. */
function concerns({ from, except = [] }: AccessRule, account: Principal, reading: Reading): boolean {
  const isSpared = ({ from: spared, to }: AccessException): boolean =>
    to === undefined && contains(spared, account, reading);
  return contains(from, account, reading) && !except.some(isSpared);
}

function contains(from: readonly CallerMatch[] | undefined, account: Principal, reading: Reading): boolean {
  const id = spiffeId(account);
  return idsOf(from, reading).some(({ type, value }) =>
    type === 'Exact' ? id === value : id.startsWith(value),
  );
}

function unique(ids: readonly CallerId[]): readonly CallerId[] {
  return [...new Map(ids.map((id) => [`${id.type} ${id.value}`, id])).values()];
}
