import type { AccessException, AccessOperation, AccessRule, CallerMatch } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import { spiffeId } from '../../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import type { Origin } from '../../../location.ts';
import { takesPrincipal } from '../../../semantics/principal.ts';
import type { Accounts } from '../../smi-objects/accounts.ts';

/** The callers that a port takes, by the names in their certificates. */
export interface Admitted {
  /** True if callers without a certificate get in. */
  readonly anonymous: boolean;
  /** SPIFFE IDs; `all` for every certificate of the mesh. */
  readonly accounts: 'all' | readonly string[];
  /** Places of which fewer callers get in than the spec says. */
  readonly narrowed: readonly { readonly feature: Feature; readonly origin: Origin }[];
}

/** A caller in question: an account that the spec names, another one, or one without a certificate. */
type Candidate = { readonly id: string; readonly fits: (match: CallerMatch) => Fit };
type Fit = 'yes' | 'no' | 'maybe';

const everyone: readonly CallerMatch[] = [{ type: 'anyone' }];

/**
 * Returns the callers of a port. App Mesh compares the name in a certificate and nothing of a request, so a caller gets
 * in only if every request of it may pass. The result is never wider than the spec.
 */
export function admittedTo(service: Service, port: Port, accounts: Accounts): Admitted {
  const { access, authentication, origin } = service;
  const mode = mtlsOf(service, port);
  const narrowed: { feature: Feature; origin: Origin }[] = [];
  const note = (feature: Feature, at: Origin): void => {
    if (!narrowed.some((one) => one.feature === feature && one.origin === at))
      narrowed.push({ feature, origin: at });
  };
  const isShut = port.http && authentication?.required === true && authentication.issuers.length === 0;
  if (isShut) return { anonymous: false, accounts: [], narrowed };
  const allow: readonly AccessRule[] = access.closed ? access.allow : [{ origin }];
  const passes = (one: Candidate): boolean =>
    allow.map((rule) => allows(rule, port, one, note, access.closed)).includes(true) &&
    access.deny.every((rule) => !denies(rule, port, one, note));
  const anonymous = mode !== 'strict' && passes(withoutCertificate);
  if (mode === 'disabled') return { anonymous, accounts: [], narrowed };
  const named = [...new Set([...accounts.keys(), ...idsIn([...access.allow, ...access.deny])])].map(
    (id): Candidate => ({
      id,
      fits: (match) => (match.type !== 'address' && takesPrincipal(match, id) ? 'yes' : 'no'),
    }),
  );
  const listed = named.filter(passes).map(({ id }) => id);
  const others = passes(anyOther);
  if (others && listed.length === named.length) return { anonymous, accounts: 'all', narrowed };
  // A list of names leaves out accounts that no document names.
  if (others) {
    for (const { origin: at } of access.deny) note('access.deny', at);
    for (const { origin: at } of allow.flatMap(({ except = [] }) => except)) note('access.except', at);
  }
  return { anonymous, accounts: listed.sort(), narrowed };
}

function idsIn(rules: readonly AccessRule[]): readonly string[] {
  return rules.flatMap(({ from = [], except = [] }) =>
    [...from, ...except.flatMap((one) => one.from ?? [])].flatMap((match) =>
      match.type === 'spiffe' ? [match.id] : [],
    ),
  );
}

/** A caller without a certificate fits only where anyone does. */
const withoutCertificate: Candidate = { id: '', fits: ({ type }) => (type === 'anyone' ? 'yes' : 'no') };

/** Another account of the mesh, which no document names. */
const anyOther: Candidate = {
  id: '*',
  fits: ({ type }) => {
    if (type === 'anyone' || type === 'authenticated') return 'yes';
    return type === 'namespace' ? 'maybe' : 'no';
  },
};

function allows(
  { from = everyone, to, when, except = [], origin }: AccessRule,
  port: Port,
  one: Candidate,
  note: (feature: Feature, at: Origin) => void,
  closed: boolean,
): boolean {
  // A rule about tokens lets nobody in: App Mesh reads no tokens.
  if (when !== undefined) return false;
  const fits = best(from, one);
  const about = (to ?? [{ origin }]).filter((operation) => isAbout(operation, port));
  if (fits === 'no' || about.length === 0) return false;
  if (about.every(asksRequest)) {
    for (const operation of about) note('access.http', operation.origin);
    return false;
  }
  if (fits === 'maybe') {
    if (closed) note('access.identity', origin);
    return false;
  }
  return except.every((exception) => {
    const spared = spares(exception, port, one);
    if (spared === 'no') return true;
    if (spared === 'maybe') note('access.except', exception.origin);
    return false;
  });
}

function denies(
  { from = everyone, to, when, except = [], origin }: AccessRule,
  port: Port,
  one: Candidate,
  note: (feature: Feature, at: Origin) => void,
): boolean {
  const about = (to ?? [{ origin }]).filter((operation) => isAbout(operation, port));
  const fits = best(from, one);
  if (fits === 'no' || about.length === 0) return false;
  const spared = except.map((exception) => spares(exception, port, one));
  if (spared.includes('yes')) return false;
  if (spared.includes('maybe')) for (const one of except) note('access.except', one.origin);
  if (fits === 'maybe' || when !== undefined || about.every(asksRequest)) note('access.deny', origin);
  return true;
}

/** Returns `yes` if an exception holds for every request of a caller at a port. */
function spares({ from = everyone, to }: AccessException, port: Port, one: Candidate): Fit {
  const about = to?.filter((operation) => isAbout(operation, port));
  const fits = best(from, one);
  if (fits === 'no' || about?.length === 0) return 'no';
  return fits === 'maybe' || about?.every(asksRequest) === true ? 'maybe' : 'yes';
}

function best(from: readonly CallerMatch[], { fits }: Candidate): Fit {
  const all = from.map(fits);
  if (all.includes('yes')) return 'yes';
  return all.includes('maybe') ? 'maybe' : 'no';
}

/** Returns true if an operation may concern a port; single requests exist on HTTP ports alone. */
function isAbout(operation: AccessOperation, port: Port): boolean {
  const { ports } = operation;
  return (ports === undefined || ports.includes(port.name)) && (port.http || !asksRequest(operation));
}

function asksRequest({ methods, paths, hosts, headers }: AccessOperation): boolean {
  return [methods, paths, hosts, headers].some((condition) => condition !== undefined);
}

/** Returns the SPIFFE ID that no workload has, for a port that refuses every caller. */
export function nobody(trustDomain: string): string {
  return `spiffe://${trustDomain}/meshwright/nobody`;
}

/** Returns the SPIFFE ID of the account of a service. */
export function accountOf({ workload }: Pick<Service, 'workload'>): string {
  return spiffeId(workload.principal);
}
