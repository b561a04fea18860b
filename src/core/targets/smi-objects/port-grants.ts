import type { AccessException, AccessOperation, AccessRule, CallerMatch } from '../../ir/access.ts';
import type { Feature } from '../../ir/feature.ts';
import type { PathMatch } from '../../ir/match.ts';
import { type MtlsMode, mtlsOf, type Port, type Service } from '../../ir/service.ts';
import { programSize } from '../../lib/program-size.ts';
import type { Origin } from '../../location.ts';
import { type Accounts, isCaller, isNamed } from './accounts.ts';
import { matchOf } from './conditions.ts';
import type { SmiDialect } from './dialect.ts';
import { everyRequest, type HttpMatch, matchName } from './http-match.ts';
import { accessPattern } from './path-pattern.ts';

/** The matches that each account may call, by SPIFFE ID and by name of the match. Never wider than the spec. */
export type Grants = ReadonlyMap<string, ReadonlyMap<string, HttpMatch>>;

/** A rule of which SMI lets fewer calls through than the spec. */
export interface Narrowed {
  readonly feature: Feature;
  readonly origin: Origin;
}

/** The access to one port. */
export interface PortGrants {
  readonly grants: Grants;
  readonly narrowed: readonly Narrowed[];
}

/** The access to a port while its rules are read. */
interface Reading {
  readonly service: Service;
  readonly port: Port;
  readonly mode: MtlsMode;
  readonly accounts: Accounts;
  readonly dialect: SmiDialect;
  readonly grants: Map<string, Map<string, HttpMatch>>;
  readonly narrowed: Narrowed[];
}

const anyone: readonly CallerMatch[] = [{ type: 'anyone' }];

/** Returns the access to a port: SMI only allows, so accounts that a deny may concern are left out. */
export function portGrants(
  service: Service,
  port: Port,
  accounts: Accounts,
  dialect: SmiDialect,
): PortGrants {
  const { access, authentication, origin } = service;
  const mode = mtlsOf(service, port);
  const reading: Reading = { service, port, mode, accounts, dialect, grants: new Map(), narrowed: [] };
  const isShut = port.http && authentication?.required === true && authentication.issuers.length === 0;
  if (isShut) return reading;
  for (const rule of access.closed ? access.allow : [{ origin }]) readAllow(rule, reading);
  for (const rule of access.deny) readDeny(rule, reading);
  // Names of objects have a digest of the accounts, which the order of rules must not change.
  return { grants: new Map([...reading.grants].sort(byId)), narrowed: reading.narrowed };
}

function byId([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function readAllow(rule: AccessRule, reading: Reading): void {
  const { service, port, mode, accounts, grants, narrowed, dialect } = reading;
  // A rule about tokens lets nobody in: no mesh of SMI reads tokens.
  if (rule.when !== undefined) return;
  const matches = matchesOf(rule.to, port, dialect, ({ origin }) => {
    narrowed.push({ feature: 'access.http', origin });
  });
  if (matches.length === 0) return;
  const { from = anyone, except = [], origin } = rule;
  if (mode !== 'disabled' && from.some((match) => match.type !== 'address' && !isNamed(match, accounts)))
    narrowed.push({ feature: service.access.closed ? 'access.identity' : `mtls.${mode}`, origin });
  for (const [id, account] of accounts) {
    const isOne: IsCaller = (match) => isCaller(match, account, mode);
    if (!from.some(isOne)) continue;
    const exception = except.find((one) => isAbout(one.to, port) && isExcepted(one, isOne));
    if (exception === undefined)
      grants.set(
        id,
        new Map([...(grants.get(id) ?? []), ...matches.map((match) => [matchName(match), match] as const)]),
      );
    else if (asksRequests(exception.to))
      narrowed.push({ feature: 'access.except', origin: exception.origin });
  }
}

function readDeny(rule: AccessRule, { port, mode, accounts, grants, narrowed }: Reading): void {
  const { from = anyone, except = [], to, when, origin } = rule;
  if (!isAbout(to, port)) return;
  for (const id of [...grants.keys()]) {
    const account = accounts.get(id);
    if (account === undefined) continue;
    const isOne: IsCaller = (match) => isCaller(match, account, mode);
    const spared = except.filter((one) => isExcepted(one, isOne));
    if (!from.some(isOne) || spared.some((one) => one.to === undefined)) continue;
    for (const one of spared) narrowed.push({ feature: 'access.except', origin: one.origin });
    if (asksRequests(to) || when !== undefined) narrowed.push({ feature: 'access.deny', origin });
    grants.delete(id);
  }
}

type IsCaller = (match: CallerMatch) => boolean;

function isExcepted({ from }: AccessException, isOne: IsCaller): boolean {
  return from === undefined || from.some(isOne);
}

/** Returns true if an operation may concern a port; single requests exist on HTTP ports alone. */
function isAbout(to: readonly AccessOperation[] | undefined, port: Port): boolean {
  return (
    to?.some(
      (operation) =>
        (operation.ports === undefined || operation.ports.includes(port.name)) &&
        (port.http || !asksRequests([operation])),
    ) ?? true
  );
}

function asksRequests(to: readonly AccessOperation[] | undefined): boolean {
  return (to ?? []).some(({ methods, paths, hosts, headers }) =>
    [methods, paths, hosts, headers].some((condition) => condition !== undefined),
  );
}

function matchesOf(
  to: readonly AccessOperation[] | undefined,
  port: Port,
  { accessPaths, accessHeaders, largestProgram = Number.POSITIVE_INFINITY }: SmiDialect,
  note: (operation: AccessOperation) => void,
): readonly HttpMatch[] {
  if (to === undefined) return [everyRequest];
  return to
    .filter((operation) => isAbout([operation], port))
    .flatMap((operation) => {
      if (!asksRequests([operation])) return [everyRequest];
      const { methods, paths = [undefined], hosts, headers } = operation;
      const patternOf = (path: PathMatch): string | undefined => {
        const pattern = accessPattern(path);
        return pattern === undefined || programSize(pattern) > largestProgram ? undefined : pattern;
      };
      const said = paths.map((path) =>
        hosts !== undefined ||
        (path !== undefined && !accessPaths) ||
        (headers !== undefined && headers.length > 0 && !accessHeaders)
          ? undefined
          : matchOf({ path, methods, headers }, patternOf),
      );
      if (said.some((one) => one?.isWhole !== true)) note(operation);
      return said.flatMap((one) => (one === undefined ? [] : [one.match]));
    });
}
