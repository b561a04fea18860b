import type { Backend, Forward } from '../../../ir/route.ts';
import { wholeWeights } from '../../../ir/whole-weights.ts';
import type { Lowering } from '../context.ts';
import type { VirtualRouterSpec } from '../crds/app-mesh.gen.ts';
import { nodeOf } from '../nodes/nodes.ts';

type Route = NonNullable<VirtualRouterSpec['routes']>[number];
/** The shares of a route. */
export type Targets = NonNullable<Route['httpRoute']>['action']['weightedTargets'];

const mostTargets = 10;
const greatestSum = 100;

/** The virtual node without pods: requests to it are answered with 503. */
export const nowhere = 'meshwright-nowhere';

/** The shares of a rule, and the reason if they differ from those of the spec. */
export interface Shares {
  readonly targets: Targets;
  readonly differ?: string;
}

/** Returns the shares of a rule. A share without a node goes to no other one. */
export function sharesOf(
  { backends }: Pick<Forward, 'backends'>,
  namespace: string,
  lowering: Lowering,
): Shares {
  const shares = new Map<string, { readonly target: Targets[number]; weight: number }>();
  for (const backend of backends) {
    const target = targetOf(backend, namespace, lowering);
    const key = JSON.stringify(target);
    const known = shares.get(key);
    if (known === undefined) shares.set(key, { target, weight: backend.weight });
    else known.weight += backend.weight;
  }
  const all = [...shares.values()];
  const rest = all.length > mostTargets ? all.splice(mostTargets - 1) : [];
  if (rest.length > 0)
    all.push({ target: nowhereTarget(namespace), weight: rest.reduce((sum, { weight }) => sum + weight, 0) });
  const lowest = wholeWeights(all.map(({ weight }) => weight));
  const weights = hundredths(lowest);
  const targets = all.map(({ target }, index) => ({ ...target, weight: weights[index] ?? 0 }));
  const differ =
    rest.length > 0
      ? `a route of App Mesh has ${String(mostTargets)} targets at most`
      : weights === lowest || isSame(lowest, weights)
        ? undefined
        : `weights of App Mesh are whole numbers with a sum of ${String(greatestSum)} at most`;
  if (weights.every((weight) => weight === 0)) return { targets: toNowhere(namespace) };
  return { targets, ...(differ !== undefined && { differ }) };
}

/** Returns the one target of a rule that App Mesh can't carry out. */
export function toNowhere(namespace: string): Targets {
  return [{ ...nowhereTarget(namespace), weight: 1 }];
}

/** Returns true if some target is the node without pods. */
export function usesNowhere(targets: Targets): boolean {
  return targets.some(({ virtualNodeRef }) => virtualNodeRef?.name === nowhere);
}

function nowhereTarget(namespace: string): Targets[number] {
  return { virtualNodeRef: { namespace, name: nowhere }, weight: 0, port: 1 };
}

function targetOf(backend: Backend, namespace: string, { nodes }: Lowering): Targets[number] {
  const node = nodeOf(nodes, backend);
  const port = node?.service.ports.find(({ name }) => name === backend.port);
  if (node === undefined || port === undefined) return nowhereTarget(namespace);
  return {
    virtualNodeRef: { namespace: node.service.namespace, name: node.name },
    weight: 0,
    port: port.targetPort,
  };
}

/** Returns whole numbers with a sum of 100 at most, as near to the proportion as they can be; some stay above zero. */
function hundredths(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= greatestSum) return weights;
  const exact = weights.map((weight) => (weight / sum) * greatestSum);
  const made = exact.map((share, index) => (weights[index] === 0 ? 0 : Math.max(1, Math.floor(share))));
  const order = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  let left = greatestSum - made.reduce((all, weight) => all + weight, 0);
  for (const { index } of order) {
    if (left <= 0 || (made[index] ?? 0) === 0) continue;
    made[index] = (made[index] ?? 0) + 1;
    left -= 1;
  }
  while (left < 0) {
    const greatest = made.indexOf(Math.max(...made));
    made[greatest] = (made[greatest] ?? 0) - 1;
    left += 1;
  }
  return made;
}

function isSame(lowest: readonly number[], weights: readonly number[]): boolean {
  const [one, other] = [lowest, weights].map((list) => list.reduce((all, weight) => all + weight, 0));
  return lowest.every((weight, index) => weight * (other ?? 1) === (weights[index] ?? 0) * (one ?? 1));
}
