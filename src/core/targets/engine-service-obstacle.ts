import type { Ir } from '../ir/ir.ts';
import type { Rollout } from '../ir/rollout.ts';
import type { Forward, HeaderChanges, Rule } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';

/** Labels of pods by which Flagger distinguishes a workload from its copy. */
const flaggerLabels = ['app', 'name', 'app.kubernetes.io/name'];

/** Returns the reason why an engine can't divide the requests to a service; undefined if there is none. */
export function serviceObstacle(
  ir: Ir,
  rollout: Rollout,
  id: string,
  rules: readonly Rule[],
): string | undefined {
  const service = ir.services[id];
  if (service === undefined) return undefined;
  for (const { action } of rules) {
    const reason = action.type === 'forward' ? forwardObstacle(rollout, id, action) : undefined;
    if (reason !== undefined) return `${reason}, unlike a rule that leads to ${id}`;
  }
  if (service.ports.some(({ http }) => !http))
    return `${id} has a port that isn't HTTP, whose requests it can't see`;
  const taken = suffixes[rollout.engine ?? 'flagger'].find((suffix) => `${id}-${suffix}` in ir.services);
  if (taken !== undefined) return `it takes the name ${id}-${taken}, which is a Service of the mesh`;
  const onlyIstio = rollout.targets.every((name) => ir.targets[name]?.platform === 'istio');
  if (rollout.engine === 'flagger') return flaggerObstacle(service, rules, onlyIstio);
  const own = service.ports.flatMap(({ route }) => route.rules);
  return onlyIstio || rules.every((rule) => own.includes(rule))
    ? undefined
    : `it moves the routes of ${id} itself, except with Istio, and other rules lead there`;
}

/** Suffixes of the names of Services that an engine takes. */
const suffixes = { flagger: ['primary', 'canary'], 'argo-rollouts': ['stable', 'canary'] } as const;

function forwardObstacle({ from }: Rollout, id: string, action: Forward): string | undefined {
  if (action.backends.some(({ service, version }) => service !== id || version !== from))
    return 'it moves the weights of rules that lead to both versions alone';
  if (action.mirrors.length > 0) return 'it takes over the copies of requests';
  return action.rateLimit === undefined
    ? undefined
    : 'it writes routes of its own, which no rate limit counts';
}

/**
 * Returns the reason why Flagger can't run a rollout of a service. Flagger writes the route of the service itself: one
 * rule for all requests, inside the mesh only.
 */
function flaggerObstacle(
  { id, ports, workload, exposeTo }: Service,
  rules: readonly Rule[],
  onlyIstio: boolean,
): string | undefined {
  const [port, ...others] = ports;
  if (port === undefined || others.length > 0)
    return `it writes one port, and ${id} has ${String(ports.length)}`;
  const own = port.route.rules;
  const [rule] = own;
  if (rule === undefined || own.length > 1 || rules.some((one) => one !== rule))
    return `it writes one rule for ${id}, in the mesh alone, and other rules lead there`;
  if (exposeTo !== 'all') return `its rule is for all namespaces, and ${id} is exposed to some`;
  if (!flaggerLabels.some((label) => label in workload.labels))
    return `it knows pods by one of the labels ${flaggerLabels.join(', ')}, and the workload of ${id} has none`;
  if (!onlyIstio && port.protocol === 'grpc')
    return `it writes no GRPCRoute, and the port ${port.name} of ${id} is gRPC`;
  const lost = lostParts(rule, onlyIstio);
  return lost === undefined ? undefined : `its rule for ${id} has no words for ${lost}`;
}

/** Returns the first part of a rule that Flagger's rule can't have; undefined if there is none. */
function lostParts({ matches, action, cors, responseHeaders }: Rule, onlyIstio: boolean): string | undefined {
  if (action.type !== 'forward') return action.type;
  if (matches.length > 0) return '`match`';
  if (cors !== undefined) return '`cors`';
  if (action.fault !== undefined) return '`fault`';
  if (action.rewrite !== undefined) return '`rewrite`';
  if (action.retries !== undefined && action.retries.methods !== 'all') return 'retries of some methods';
  if (!onlyIstio && action.retries !== undefined) return '`retries`, except with Istio';
  if (!onlyIstio && [action.requestHeaders, responseHeaders].some(changesAny))
    return '`headers`, except with Istio';
  return undefined;
}

function changesAny({ set, add, remove }: HeaderChanges): boolean {
  return set.length + add.length + remove.length > 0;
}
