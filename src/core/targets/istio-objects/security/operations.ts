import type { AccessOperation } from '../../../ir/access.ts';
import type { Limit } from '../../target.ts';
import type { PolicyCondition, PolicyOperation } from '../crds/parts.ts';
import { type Effect, type ExpressibleValues, expressible, policyValues } from './expressible-values.ts';
import { type Guarded, type GuardedPort, isChanged } from './guarded.ts';
import { headerCondition } from './header-conditions.ts';
import { paths } from './paths.ts';
import { ruleLimit } from './rule-limit.ts';
import type { SharedWith } from './sharing.ts';
import { operationVerdict, reading, type Verdict } from './verdicts.ts';
import { beginning, ending, exactly } from './wildcards.ts';

/**
 * One operation of a rule. In Istio conditions on headers belong to a whole rule, so each operation with headers
 * becomes a rule.
 */
export interface Operation {
  /** Empty if any request fits. */
  readonly operation: PolicyOperation;
  readonly when: readonly PolicyCondition[];
}

/** The lowering of an operation; its `operation` is undefined if no call can fit. */
export interface LoweredOperation {
  readonly operation?: Operation;
  /** Verdicts that the proxy must record for it. */
  readonly verdicts: readonly Verdict[];
  readonly lost: readonly Limit[];
}

/** Lowers an operation of a rule. `requests` says that the rule also needs a token, so it applies only to requests. */
export function lowerOperation(
  asked: AccessOperation,
  effect: Effect,
  guarded: Guarded,
  requests: boolean,
): LoweredOperation {
  const http = requests || asksForHttp(asked);
  const candidates = guarded.ports.filter(
    (port) => (asked.ports?.includes(port.name) ?? true) && (port.http || !http),
  );
  if (candidates.length === 0) return { verdicts: [], lost: [] };
  const ports = portNumbers(candidates, effect, guarded);
  const shared =
    ports.sharing === undefined ? [] : [ruleLimit('access.identity', sharing[ports.sharing], effect, asked)];
  if (ports.values?.length === 0) return { verdicts: [], lost: shared };
  const numbers = ports.values && { ports: ports.values };
  const conditions = requestConditions(asked, guarded);
  const headers = headerConditions(asked, guarded);
  const changed = isChanged(asked, guarded);
  const whole = [conditions.methods, conditions.paths, conditions.hosts].every(
    (condition) => condition?.whole !== false,
  );
  if (!changed && !(whole && !headers.includes(undefined))) {
    const verdict = operationVerdict(asked);
    const operation = { operation: { ...numbers }, when: [reading(verdict, effect)] };
    return { operation, verdicts: [verdict], lost: shared };
  }
  const missing = [...shared, ...(changed ? [ruleLimit('access.http', changedBefore, effect, asked)] : [])];
  const fields = { ...operationFields(conditions, effect), ...numbers };
  const never = Object.values(fields).some((values) => values.length === 0);
  if (never || (effect === 'allow' && headers.includes(undefined))) return { verdicts: [], lost: missing };
  return {
    operation: { operation: fields, when: headers.filter((one) => one !== undefined) },
    verdicts: [],
    lost: missing,
  };
}

function headerConditions(
  { headers = [] }: AccessOperation,
  { changed }: Guarded,
): readonly (PolicyCondition | undefined)[] {
  return headers.map((header) =>
    changed?.headers.has(header.name) === true ? undefined : headerCondition(header),
  );
}

/**
 * Returns conditions on requests as far as a policy can express them; undefined if there are none, or if every request
 * fits.
 */
export function requestConditions(
  { methods, paths: path, hosts: host }: AccessOperation,
  { changed, ports }: Guarded,
): Conditions {
  return {
    methods: methods && expressible(methods.map(exactly)),
    paths: path && (changed?.paths === true ? nothing : paths(path)),
    hosts: host && (changed?.hosts === true ? nothing : hosts(host, ports)),
  };
}

const nothing: ExpressibleValues = { values: [], whole: false };

interface Conditions {
  readonly methods: ExpressibleValues | undefined;
  readonly paths: ExpressibleValues | undefined;
  readonly hosts: ExpressibleValues | undefined;
}

const changedBefore = 'a waypoint checks access before its routes change the request, and here one does';

/** Reasons why a policy on a port also decides other calls. */
const sharing: Readonly<Record<SharedWith | 'port', string>> = {
  service:
    'its pods serve another service at this port, of which the spec says something else, and Istio guards pods',
  mesh: "it lies in Istio's root namespace, whose policies guard the pods of all namespaces with these labels",
  port: 'another of its ports leads to the same port of its pods, and Istio tells calls apart by ports of pods',
};

function operationFields(
  conditions: Conditions,
  effect: Effect,
): Partial<Readonly<Record<keyof Conditions, readonly string[]>>> {
  return Object.fromEntries(
    Object.entries(conditions).flatMap(
      ([name, condition]: readonly [string, ExpressibleValues | undefined]) => {
        const values = condition && policyValues(condition, effect);
        return values === undefined ? [] : [[name, values] as const];
      },
    ),
  );
}

/** Returns ports of the pods; `undefined` values mean all ports. `sharing` says with what one of them is shared. */
function portNumbers(
  candidates: readonly GuardedPort[],
  effect: Effect,
  { ports, namesPorts }: Guarded,
): {
  readonly values: readonly string[] | undefined;
  readonly sharing?: SharedWith | 'port' | undefined;
} {
  if (!namesPorts && candidates.length === ports.length) return { values: undefined };
  const others = new Set(ports.filter((port) => !candidates.includes(port)).map(({ number }) => number));
  const sharingOf = ({ number, shared }: GuardedPort): SharedWith | 'port' | undefined =>
    shared ?? (others.has(number) ? 'port' : undefined);
  const kept = candidates.filter((port) => effect === 'deny' || sharingOf(port) === undefined);
  return {
    values: [...new Set(kept.map(({ number }) => String(number)))],
    sharing: candidates.map(sharingOf).find((one) => one !== undefined),
  };
}

/** Returns hosts, which ignore case; a dot at the end of the name doesn't count, and any port may follow. */
function hosts(names: readonly string[], ports: readonly GuardedPort[]): ExpressibleValues | undefined {
  if (names.includes('*')) return undefined;
  const numbers = [...new Set(ports.filter(({ http }) => http).map(({ called }) => String(called)))];
  const suffixes = names.filter((name) => name.startsWith('*.'));
  const values = expressible(
    names.flatMap((name) =>
      name.startsWith('*.')
        ? ['', ...numbers.map((number) => `:${number}`)].flatMap((port) =>
            ['', '.'].map((dot) => ending(`${name.slice(1)}${dot}${port}`)),
          )
        : ['', '.'].flatMap((dot) => [exactly(`${name}${dot}`), beginning(`${name}${dot}:`)]),
    ),
  );
  return { values: values.values, whole: values.whole && suffixes.length === 0 };
}

function asksForHttp({ methods, paths: path, hosts: host, headers }: AccessOperation): boolean {
  return [methods, path, host, headers].some((part) => part !== undefined);
}
