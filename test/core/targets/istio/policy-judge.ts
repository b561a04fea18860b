import type { Arrival } from '../../../../src/core/semantics/arrival.ts';
import { headerValues } from '../../../../src/core/semantics/arrival.ts';
import type { Loose } from '../envoy/loose.ts';
import { passes } from '../envoy/rbac-judge.ts';

/** A call that the policies of a workload decide about, at a port of its pods, with the payload of the valid token. */
export interface Judged {
  readonly arrival: Arrival;
  /** Number of the port of the pod. */
  readonly port: number;
  readonly payload: Readonly<Record<string, unknown>> | undefined;
  /** EnvoyFilters of the proxy; a missing filter records nothing. */
  readonly filters: readonly Loose[];
}

/**
 * Returns true if the policies let a call pass. Models Istio's AuthorizationPolicy by its documentation (istio.io,
 * reference and concepts of authorization): a call that a DENY policy matches is refused; if there are ALLOW policies,
 * so is a call that none of them matches; any other call passes. On a port that isn't HTTP, a rule with conditions on
 * more than connections allows nothing, and denies as if it lacked these conditions.
 */
export function policiesPass(policies: readonly Loose[], judged: Judged): boolean {
  const of = (action: string): readonly Loose[] => policies.filter((policy) => policy.action === action);
  if (of('DENY').some((policy) => takes(policy, judged))) return false;
  const allowing = of('ALLOW');
  return allowing.length === 0 || allowing.some((policy) => takes(policy, judged));
}

function takes({ action, rules = [] }: Loose, judged: Judged): boolean {
  return rules.some((rule: Loose) => {
    refuseEmpty(rule);
    const stream = !judged.arrival.port.http;
    if (stream && action === 'ALLOW' && asksForHttp(rule)) return false;
    return ruleTakes(rule, judged, stream);
  });
}

/** Throws for empty lists, sources and operations, which Istio's validation refuses. */
function refuseEmpty({ from, to, when }: Loose): void {
  const lists = [from, to, when].filter((list) => list !== undefined);
  const parts = [
    ...(from ?? []).map(({ source }: Loose) => source),
    ...(to ?? []).map((one: Loose) => one.operation),
  ];
  const values = [...parts, ...(when ?? [])].flatMap((part: Loose) => Object.values(part));
  if (
    [...lists, ...values].some((one) => one.length === 0) ||
    parts.some((part) => Object.keys(part).length === 0)
  )
    throw new Error('Istio refuses what is empty');
  if (values.flat().some((one) => typeof one !== 'string' || one === ''))
    throw new Error('only texts that are not empty');
}

function asksForHttp({ to = [], when = [] }: Loose): boolean {
  return (
    when.length > 0 ||
    to.some(({ operation }: Loose) => Object.keys(operation).some((key) => key !== 'ports'))
  );
}

function ruleTakes({ from, to, when }: Loose, judged: Judged, stream: boolean): boolean {
  return (
    (from?.some(({ source }: Loose) => sourceTakes(source, judged.arrival)) ?? true) &&
    (to?.some(({ operation }: Loose) => operationTakes(operation, judged, stream)) ?? true) &&
    (when?.every((condition: Loose) => stream || conditionHolds(condition, judged)) ?? true)
  );
}

/** `notPrincipals` matches a caller without identity: it lists identities that must not fit. */
function sourceTakes({ principals, notPrincipals, ...unknown }: Loose, { identity }: Arrival): boolean {
  if (Object.keys(unknown).length > 0) throw new Error(`not known here: ${Object.keys(unknown).join()}`);
  const isOne = (values: readonly string[]): boolean =>
    identity !== undefined && values.some((value) => fits(value, identity.slice('spiffe://'.length)));
  return (
    (principals === undefined || isOne(principals)) && (notPrincipals === undefined || !isOne(notPrincipals))
  );
}

function operationTakes(operation: Loose, { arrival, port }: Judged, stream: boolean): boolean {
  const { ports, methods, paths, hosts, notMethods, notPaths, notHosts, ...unknown } = operation;
  if (Object.keys(unknown).length > 0) throw new Error(`not known here: ${Object.keys(unknown).join()}`);
  if (ports !== undefined && !ports.includes(String(port))) return false;
  if (stream) return true;
  const any = (values: readonly string[] | undefined, text: string): boolean =>
    values === undefined || values.some((value) => fits(value, text));
  const none = (values: readonly string[] | undefined, text: string): boolean =>
    values === undefined || !any(values, text);
  if ([paths, notPaths].some((list) => list?.some((path: string) => /[{}]/.test(path))))
    throw new Error('a template');
  const host = arrival.host.toLowerCase();
  const lower = (hostnames: readonly string[] | undefined): readonly string[] | undefined =>
    hostnames?.map((one) => one.toLowerCase());
  return (
    any(methods, arrival.method) &&
    any(paths, arrival.path) &&
    any(lower(hosts), host) &&
    none(notMethods, arrival.method) &&
    none(notPaths, arrival.path) &&
    none(lower(notHosts), host)
  );
}

/** Returns the record that the proxy's RBAC filters leave in their metadata. */
function noteOf(name: string, { filters, arrival, payload, port }: Judged): string | undefined {
  const configs: Loose[] = filters.flatMap(({ configPatches }) =>
    configPatches.map(({ patch }: Loose) => patch.value.typed_config),
  );
  const config = configs.find(
    ({ shadow_rules_stat_prefix: prefix }) => name === `${String(prefix)}shadow_engine_result`,
  );
  if (config === undefined) return undefined;
  const payloads = payload === undefined ? {} : { payload: normalised(payload) };
  return passes(config.shadow_rules, { arrival, payloads, port }) ? 'allowed' : 'denied';
}

/** Istio splits `scope` and `permission` at spaces. */
function normalised(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === 'string' && ['scope', 'permission'].includes(name)
        ? value.split(' ').filter((part) => part !== '')
        : value,
    ]),
  );
}

function conditionHolds({ key, values, notValues }: Loose, judged: Judged): boolean {
  const [, noted] = /^experimental\.envoy\.filters\.http\.rbac\[(.*)\]$/.exec(key) ?? [];
  if (noted !== undefined) {
    const note = noteOf(noted, judged);
    const isOne = (list: readonly string[]): boolean => note !== undefined && list.includes(note);
    return (values === undefined || isOne(values)) && (notValues === undefined || !isOne(notValues));
  }
  const [, attribute, names = ''] = /^([a-z.]+)(\[.*\])$/.exec(key) ?? [];
  const path = names.slice(1, -1).split('][');
  const holds = (list: readonly string[]): boolean =>
    list.some((value) =>
      attribute === 'request.headers'
        ? headerHolds(path[0] ?? '', value, judged.arrival)
        : claimHolds(path, value, judged),
    );
  if (attribute !== 'request.headers' && attribute !== 'request.auth.claims')
    throw new Error(`no attribute: ${key}`);
  return (values === undefined || holds(values)) && (notValues === undefined || !holds(notValues));
}

/**
 * Returns true if a line of the header fits; each line of a repeated header is compared by itself (Envoy since 1.37.1).
 * `*` also matches an empty line.
 */
function headerHolds(name: string, value: string, arrival: Arrival): boolean {
  const lines = headerValues(arrival, name === ':authority' ? 'host' : name);
  return value === '*' ? lines.length > 0 : lines.some((line) => fits(value, line));
}

/** Returns true if a claim is the text, or a list with it; `scope` and `permission` are split at spaces. */
function claimHolds(path: readonly string[], value: string, { payload }: Judged): boolean {
  let found: unknown = payload;
  for (const name of path) {
    const map = typeof found === 'object' && found !== null && !Array.isArray(found);
    found = map && Object.hasOwn(found as object, name) ? (found as Loose)[name] : undefined;
  }
  if (typeof found === 'string' && path.length === 1 && ['scope', 'permission'].includes(path[0] ?? ''))
    found = found.split(' ').filter((part) => part !== '');
  return (Array.isArray(found) ? found : [found]).some((one) => typeof one === 'string' && fits(value, one));
}

/** Returns true if a text fits: exactly, or by `abc*`, `*abc`, or `*` for any text that isn't empty. */
function fits(value: string, text: string): boolean {
  if (value === '*') return text !== '';
  if (value.startsWith('*')) return text.endsWith(value.slice(1));
  return value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
}
