import { own } from '../../lib/own.ts';
import type { Ir } from '../ir.ts';
import { mapRoutes } from '../map-routes.ts';
import type { Rollout } from '../rollout.ts';
import type { Route, Rule } from '../route.ts';
import { matchingRules } from './matching-rules.ts';
import { sessionRules, withSessions } from './session-rules.ts';
import type { Share, Shares } from './share.ts';
import { splitArms } from './split-arms.ts';

/**
 * Returns the mesh with the weights of its Rollouts' records. Everything that is written to an output, or compared with
 * one, is lowered from this mesh. Without shares, returns `ir` itself, in which the version `from` gets all requests.
 * Rules without a service of a Rollout aren't copied.
 */
export function withWeights(ir: Ir, shares: Shares): Ir {
  const moved = Object.values(ir.rollouts ?? {}).filter(({ services }) =>
    services.some((id) => isMoved(own(shares, id))),
  );
  if (moved.length === 0) return ir;
  return mapRoutes(ir, (route, http) =>
    moved.reduce((changed, rollout) => routeWith(rollout, shares, changed, http), route),
  );
}

/** Returns true if the candidate has a share. */
function isMoved(share: Share | undefined): boolean {
  return (
    share !== undefined && (share.state === 'promoted' || (share.state === 'running' && share.weight > 0))
  );
}

function routeWith(rollout: Rollout, shares: Shares, route: Route, http: boolean): Route {
  const rules = route.rules.flatMap((rule) => rulesWith(rollout, shares, rule, http));
  const same = rules.length === route.rules.length && rules.every((rule, i) => rule === route.rules[i]);
  return same ? route : { ...route, rules };
}

function rulesWith(rollout: Rollout, shares: Shares, rule: Rule, http: boolean): readonly Rule[] {
  const { action } = rule;
  if (action.type !== 'forward') return [rule];
  const shareOf = (service: string): Share | undefined => {
    const share = rollout.services.includes(service) ? own(shares, service) : undefined;
    return isMoved(share) ? share : undefined;
  };
  const concerned = [...action.backends, ...action.mirrors].some(
    ({ service, version }) => version === rollout.from && shareOf(service) !== undefined,
  );
  if (!concerned) return [rule];
  const split = splitArms(rollout, shareOf, action, { http });
  return [
    ...(http ? matchingRules(rollout, shareOf, rule, action) : []),
    ...(http ? sessionRules(rollout, shareOf, rule, action) : []),
    { ...rule, action: http ? withSessions(rollout, shareOf, action, split) : split },
  ];
}
