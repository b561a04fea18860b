import type { Ir } from '../../ir.ts';
import { mapRoutes } from '../../map-routes.ts';
import type { Rollout } from '../../rollout.ts';
import type { Backend, Forward, Mirror, Route, Rule } from '../../route.ts';
import type { Service } from '../../service.ts';
import type { ServiceId } from '../../service-id.ts';
import { wholeWeights } from '../../whole-weights.ts';

/**
 * Returns the mesh as it is before its Rollouts begin: in every rule `from` has what both versions had, and `to`
 * nothing. An implicit Route becomes one to `from`. Returns the same object if nothing differs.
 */
export function beforeRollouts(ir: Ir, rollouts: readonly Rollout[]): Ir {
  const arms = new Map(rollouts.flatMap((rollout) => rollout.services.map((id) => [id, rollout] as const)));
  if (arms.size === 0) return ir;
  const differing: Route[] = [];
  const before = mapRoutes(ir, (route) => {
    const changed = routeBefore(ir, arms, route);
    if (changed !== route) differing.push(changed);
    return changed;
  });
  return differing.length > 0 ? before : ir;
}

type Arms = ReadonlyMap<ServiceId, Rollout>;

function routeBefore(ir: Ir, arms: Arms, route: Route): Route {
  const rules = route.rules.map((rule) => ruleBefore(ir, arms, rule));
  if (rules.every((rule, index) => rule === route.rules[index])) return route;
  if (!route.implicit) return { ...route, rules };
  const rollout = rules.flatMap(({ action }) => owner(arms, action))[0];
  if (rollout === undefined) return { ...route, rules };
  const { origin } = rollout;
  return { ...route, origin, implicit: false, rules: rules.map((rule) => ({ ...rule, origin })) };
}

function owner(arms: Arms, action: Rule['action']): readonly Rollout[] {
  if (action.type !== 'forward') return [];
  return action.backends.flatMap(({ service }) => arms.get(service) ?? []);
}

function ruleBefore(ir: Ir, arms: Arms, rule: Rule): Rule {
  const { action } = rule;
  if (action.type !== 'forward') return rule;
  const parts = [...action.backends, ...action.mirrors];
  const concerned = parts.some(({ service, version }) => {
    const rollout = arms.get(service);
    return rollout !== undefined && (version === undefined || version === rollout.to);
  });
  if (!concerned) return rule;
  const changed: Forward = {
    ...action,
    backends: backendsBefore(ir, arms, action.backends),
    mirrors: action.mirrors.flatMap((mirror) =>
      portionsOf(ir, arms, mirror).map(([version, portion]) =>
        withVersion({ ...mirror, percent: rounded(mirror.percent * portion) }, version),
      ),
    ),
  };
  return { ...rule, action: changed };
}

function backendsBefore(ir: Ir, arms: Arms, backends: readonly Backend[]): readonly Backend[] {
  const counts = backends.map((backend) => portionsOf(ir, arms, backend));
  // Portions are fractions of whole instances: a common denominator keeps the weights whole.
  const denominator = backends.reduce((product, { service, version }) => {
    const known = ir.services[service];
    return version !== undefined || known === undefined || !arms.has(service)
      ? product
      : product * Math.max(1, instancesOf(known));
  }, 1);
  const parts = backends.flatMap((backend, index) =>
    (counts[index] ?? []).map(([version, portion]) =>
      withVersion({ ...backend, weight: Math.round(backend.weight * portion * denominator) }, version),
    ),
  );
  const joined = joinArms(arms, parts);
  const weights = denominator === 1 ? undefined : wholeWeights(joined.map(({ weight }) => weight));
  return weights === undefined
    ? joined
    : joined.map((backend, index) => ({ ...backend, weight: weights[index] ?? 0 }));
}

/** Returns the versions that a backend or mirror leads to before the rollout, each with its portion (0..1). */
function portionsOf(
  ir: Ir,
  arms: Arms,
  { service: id, version }: Backend | Mirror,
): readonly (readonly [string | undefined, number])[] {
  const rollout = arms.get(id);
  if (rollout === undefined) return [[version, 1]];
  if (version !== undefined) return [[version === rollout.to ? rollout.from : version, 1]];
  const service = ir.services[id];
  const { from, to } = rollout;
  const others = (service?.versions ?? []).filter(({ name }) => name !== from && name !== to);
  if (service === undefined || others.length === 0) return [[from, 1]];
  const all = instancesOf(service);
  if (all === 0) return [[from, 1]];
  const portions = others.map(({ name, instances = [] }) => [name, instances.length / all] as const);
  const rest = all - others.reduce((sum, { instances = [] }) => sum + instances.length, 0);
  return [[from, rest / all] as const, ...portions].filter(([, portion]) => portion > 0);
}

function instancesOf({ versions }: Service): number {
  return versions.reduce((sum, { instances = [] }) => sum + instances.length, 0);
}

function withVersion<T extends Backend | Mirror>(part: T, version: string | undefined): T {
  return version === undefined ? part : { ...part, version };
}

/** Adds up the backends of `from` at one port. */
function joinArms(arms: Arms, backends: readonly Backend[]): readonly Backend[] {
  const joined: Backend[] = [];
  for (const backend of backends) {
    const { service, version, port, weight } = backend;
    const same = joined.findIndex(
      (other) => other.service === service && other.version === version && other.port === port,
    );
    const earlier = joined[same];
    if (earlier === undefined || arms.get(service)?.from !== version) joined.push(backend);
    else joined[same] = { ...earlier, weight: earlier.weight + weight };
  }
  return joined;
}

/** Percentages have four decimals. */
function rounded(percent: number): number {
  return Math.round(percent * 10_000) / 10_000;
}
