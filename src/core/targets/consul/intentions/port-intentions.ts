import type { Access, AccessException, AccessRule } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import { type MtlsMode, mtlsOf } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { Origin } from '../../../location.ts';
import type { NamedPort } from '../context.ts';
import type { ServiceIntentionsSpec } from '../crds/consul.gen.ts';
import { type Answer, type Caller, isAmong } from './callers.ts';
import {
  asksRequests,
  type Conditions,
  conditionsOf,
  everything,
  isEverything,
  type Permission,
} from './conditions.ts';
import { type CallerRule, permissionList } from './permission-list.ts';

/** A caller of a port with its decision. */
export type Source = NonNullable<ServiceIntentionsSpec['sources']>[number];

/** A rule of which Consul lets fewer calls through than the spec. */
export interface Narrowed {
  readonly feature: Feature;
  readonly origin: Origin;
}

/** The callers of a port, and the rules that are narrower than the spec. */
export interface PortIntentions {
  readonly sources: readonly Source[];
  readonly narrowed: readonly Narrowed[];
}

/** The decision about the calls of one caller. */
export type Decision = 'allow' | 'deny' | readonly Permission[];

/**
 * Returns the intentions of a port. Each caller has one entry with the whole of its rules, and all others have an entry,
 * too: an entry for a name replaces the entry for all, and without any the default of the cluster would decide.
 */
export function portIntentions(
  { service, port }: NamedPort,
  callers: readonly Caller[],
  accounts: ReadonlySet<string>,
): PortIntentions {
  const { access, authentication, origin } = service;
  const isShut = port.http && authentication?.required === true && authentication.issuers.length === 0;
  const narrowed = new Map<string, Narrowed>();
  const note = (feature: Feature, at: Origin): void => {
    narrowed.set(canonicalJson([feature, { ...at }]), { feature, origin: at });
  };
  const reading: Reading = { port, mode: mtlsOf(service, port), accounts, note };
  const decisions = callers.map((caller) => ({
    caller,
    decision: isShut ? ('deny' as const) : decisionFor(caller, access, origin, reading),
  }));
  const others = decisions.at(-1)?.decision ?? 'deny';
  const text = decisionText(others);
  return {
    sources: decisions.flatMap(({ caller, decision }) =>
      // An entry for all others says the same.
      caller.principal !== undefined && decisionText(decision) === text
        ? []
        : caller.names.map((name) => sourceOf(name, decision)),
    ),
    narrowed: [...narrowed.values()],
  };
}

interface Reading {
  readonly port: NamedPort['port'];
  readonly mode: MtlsMode;
  readonly accounts: ReadonlySet<string>;
  readonly note: (feature: Feature, origin: Origin) => void;
}

function decisionText(decision: Decision): string {
  return typeof decision === 'string' ? decision : JSON.stringify(decision);
}

function sourceOf(name: string, decision: Decision): Source {
  return typeof decision === 'string' ? { name, action: decision } : { name, permissions: decision };
}

function decisionFor(caller: Caller, access: Access, origin: Origin, reading: Reading): Decision {
  const { port, note } = reading;
  const denies = access.deny.flatMap((rule) => denyFor(rule, caller, reading));
  const allows = access.closed
    ? access.allow.flatMap((rule) => allowFor(rule, caller, reading))
    : [{ means: [everything], except: [], origin }];
  const isTotal = ({ means, except }: CallerRule): boolean => except.length === 0 && means.some(isEverything);
  if (allows.length === 0 || denies.some(isTotal)) return 'deny';
  if (denies.length === 0 && allows.some(isTotal)) return 'allow';
  // A port without HTTP has no conditions, so that each rule is about all of it.
  return port.http ? permissionList(denies, allows, note) : 'deny';
}

function allowFor(rule: AccessRule, caller: Caller, reading: Reading): readonly CallerRule[] {
  const { port, note } = reading;
  // A rule about tokens lets nobody in: the output reads no tokens.
  const means = rule.when === undefined ? meant(rule, port) : [];
  const answer = means.length === 0 ? 'no' : among(rule.from, caller, reading);
  if (answer === 'maybe') note('access.identity', rule.origin);
  if (answer !== 'yes') return [];
  const except: Conditions[] = [];
  for (const exception of rule.except ?? []) {
    const spared = among(exception.from, caller, reading);
    const own = spared === 'no' ? [] : meant(exception, port);
    if (spared === 'maybe' && own.length > 0) note('access.except', exception.origin);
    if (own.some(isEverything)) return [];
    except.push(...own);
  }
  return [{ means, except, origin: rule.origin }];
}

function denyFor(rule: AccessRule, caller: Caller, reading: Reading): readonly CallerRule[] {
  const { port, note } = reading;
  if (!port.http && rule.when !== undefined) return [];
  const means = meant(rule, port);
  const answer = means.length === 0 ? 'no' : among(rule.from, caller, reading);
  if (answer === 'no') return [];
  const except: Conditions[] = [];
  for (const exception of rule.except ?? []) {
    const spared = among(exception.from, caller, reading);
    const own = spared === 'no' ? [] : meant(exception, port);
    // Nobody is spared who may not be meant by the exception.
    if (spared === 'maybe' && own.length > 0) note('access.except', exception.origin);
    if (spared !== 'yes') continue;
    if (own.some(isEverything)) return [];
    except.push(...own);
  }
  if (answer === 'maybe') note('access.deny', rule.origin);
  return [{ means, except, origin: rule.origin }];
}

function among(from: AccessRule['from'], caller: Caller, { mode, accounts }: Reading): Answer {
  return isAmong(from, caller, mode, accounts);
}

/** Returns the requests that a rule or an exception means at a port. */
function meant({ to }: Pick<AccessException, 'to'>, port: NamedPort['port']): readonly Conditions[] {
  // Single requests exist on HTTP ports alone.
  return conditionsOf(port.http ? to : to?.filter((operation) => !asksRequests(operation)), port.name);
}
