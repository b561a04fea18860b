import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Rollout } from '../../ir/rollout.ts';
import type { Rule } from '../../ir/route.ts';
import { serviceObstacle } from '../../targets/engine-service-obstacle.ts';
import { targetObstacle } from '../../targets/engine-target-obstacle.ts';

/** A reason for which an engine can't run a Rollout. */
export interface EngineObstacle {
  /** The field below `spec`. */
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/** Returns all reasons for which the engine of a Rollout can't run it. */
export function engineObstacles(ir: Ir, rollout: Rollout): readonly EngineObstacle[] {
  const { services, targets } = rollout;
  const rules = rulesByService(ir, rollout);
  return [
    ...ownObstacles(ir, rollout),
    ...targets.flatMap((name) => {
      const reason = targetObstacle(ir.targets[name]);
      return reason === undefined ? [] : [{ path: ['targets'], reason }];
    }),
    ...services.flatMap((id) => {
      const reason = serviceObstacle(ir, rollout, id, rules.get(id) ?? []);
      return reason === undefined ? [] : [{ path: ['engine'], reason }];
    }),
  ];
}

function ownObstacles(
  { prometheus }: Ir,
  { strategy, match, steps, hooks, engine }: Rollout,
): readonly EngineObstacle[] {
  const broken = steps.findIndex(({ weight }) => !Number.isInteger(weight));
  const asked = steps.findIndex(({ approval }) => approval);
  const gate = hooks.findIndex((hook) => hook.gate);
  const at = (index: number, path: readonly string[], reason: string): readonly EngineObstacle[] =>
    index === -1 ? [] : [{ path: [...path, index], reason }];
  return [
    ...(strategy === 'canary' || strategy === 'blue-green'
      ? []
      : [{ path: ['strategy'], reason: `the strategy ${strategy} isn't compiled for engines` }]),
    ...(match === undefined || strategy === 'ab'
      ? []
      : [{ path: ['match'], reason: "a `match` isn't compiled for engines" }]),
    ...at(broken, ['steps'], 'its weights are whole percentages'),
    ...(engine === 'flagger' ? at(asked, ['steps'], 'no step of it waits for an approval') : []),
    ...at(gate, ['hooks'], 'nobody would ask this gate'),
    ...(prometheus === undefined
      ? [{ path: ['engine'], reason: 'it judges by a Prometheus, and the Mesh names none in `metrics`' }]
      : []),
  ];
}

/** Returns the rules that lead to each service of a rollout. */
function rulesByService(ir: Ir, { services }: Rollout): ReadonlyMap<string, readonly Rule[]> {
  const found = new Map<string, Rule[]>(services.map((id) => [id, []]));
  mapRoutes(ir, (route) => {
    for (const rule of route.rules) {
      if (rule.action.type !== 'forward') continue;
      const named = [...rule.action.backends, ...rule.action.mirrors].map(({ service }) => service);
      for (const id of new Set(named)) found.get(id)?.push(rule);
    }
    return route;
  });
  return found;
}
