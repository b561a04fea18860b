import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Rollout } from '../../ir/rollout.ts';
import type { Rule } from '../../ir/route.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';

/**
 * Returns the digest of everything that a Rollout's verdict depends on: the Rollout without its hooks, both versions
 * with their instances, and every rule that leads to its services. Places in the spec don't count.
 */
export function judgedDigest(ir: Ir, rollout: Rollout): string {
  const rules: Rule[] = [];
  mapRoutes(ir, (route) => {
    rules.push(...route.rules.filter((rule) => leadsTo(rule, rollout.services)));
    return route;
  });
  const versions = rollout.services.map((id) =>
    ir.services[id]?.versions.filter(({ name }) => name === rollout.from || name === rollout.to),
  );
  const { hooks: _, ...judged } = rollout;
  return sha256(canonicalJson(withoutPlaces({ judged, versions, rules })));
}

function leadsTo({ action }: Rule, services: readonly string[]): boolean {
  return (
    action.type === 'forward' &&
    [...action.backends, ...action.mirrors].some(({ service }) => services.includes(service))
  );
}

/** The keys of places in the spec. A label may have the same key, but its value is a text. */
const places: ReadonlySet<string> = new Set(['origin', 'timeoutOrigin']);

function withoutPlaces(value: object): object {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) =>
      places.has(key) && typeof part === 'object' ? undefined : part,
    ),
  ) as object;
}
