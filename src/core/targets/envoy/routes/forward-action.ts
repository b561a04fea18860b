import type { PathMatch } from '../../../ir/match.ts';
import type { Retries } from '../../../ir/retries.ts';
import type { Backend, Forward, Mirror, SessionCookie } from '../../../ir/route.ts';
import { setCookie } from '../../../ir/set-cookie.ts';
import type { Json } from '../../artifact.ts';
import { duration } from '../duration.ts';
import { marking, markMutation } from '../egress-mark.ts';
import type { Fields } from '../typed-config.ts';
import { hashPolicy } from './hash-policies.ts';
import { fractionalPercent } from './percentage.ts';
import { retryPolicy } from './retry-policy.ts';
import { rewrite } from './rewrite.ts';
import type { RouteContext } from './route-context.ts';

/**
 * Returns the action that forwards requests. `matched` is the path condition of the route; `retries` are the retries
 * for its methods.
 */
export function forwardAction(
  forward: Forward,
  context: RouteContext,
  matched: PathMatch | undefined,
  retries: Retries | undefined,
): Fields {
  const policies = hashPolicies(forward, context);
  return {
    ...destination(forward.backends, context),
    timeout: duration(forward.timeout),
    ...(retries && { retry_policy: retryPolicy(retries) }),
    ...(forward.mirrors.length > 0 && {
      request_mirror_policies: forward.mirrors.map((mirror) => copy(mirror, context)),
    }),
    ...(policies.length > 0 && { hash_policy: policies }),
    ...(forward.rewrite && rewrite(forward.rewrite, matched)),
  };
}

/** Returns true if a backend has a share; Envoy refuses a split of zeros. */
export function hasWeight({ backends }: Forward): boolean {
  return backends.some(({ weight }) => weight > 0);
}

/** A cluster that doesn't exist: the answer is 404, not 503 as for a cluster that is still being loaded. */
const hiddenCluster = 'hidden';

/**
 * Returns the destination of requests. A backend with a mark for egress gateways or with a cookie is in a list even if
 * it is the only backend, since only an entry of a list can set them.
 */
function destination(backends: readonly Backend[], { cluster, hides, mark }: RouteContext): Fields {
  const hidden = (backend: Backend): boolean => hides?.(backend.service) === true;
  const name = (backend: Backend): string => (hidden(backend) ? hiddenCluster : cluster(backend));
  const [only] = backends;
  const target: Fields =
    backends.length === 1 && only !== undefined && mark(only) === undefined && only.session === undefined
      ? { cluster: name(only) }
      : {
          weighted_clusters: {
            clusters: backends.map((backend) => {
              const told = mark(backend);
              return {
                name: name(backend),
                weight: backend.weight,
                ...(told !== undefined && marking(told)),
                ...(backend.session && { response_headers_to_add: [cookieOption(backend.session)] }),
              };
            }),
          },
        };
  return backends.some(hidden) ? { ...target, cluster_not_found_response_code: 'NOT_FOUND' } : target;
}

/** Returns the header of a cookie; cookies of the application stay beside it. */
function cookieOption(session: SessionCookie): Json {
  const header = { key: 'set-cookie', value: setCookie(session) };
  return { header, append_action: 'APPEND_IF_EXISTS_OR_ADD' };
}

function copy(mirror: Mirror, { cluster, mark }: RouteContext): Json {
  const told = mark(mirror);
  return {
    cluster: cluster(mirror),
    runtime_fraction: { default_value: fractionalPercent(mirror.percent) },
    disable_shadow_host_suffix_append: true,
    ...(told !== undefined && { request_headers_mutations: [markMutation(told)] }),
  };
}

/** Returns the affinities of the backends, each once. */
function hashPolicies({ backends }: Forward, { ir }: RouteContext): readonly Json[] {
  const policies = new Map<string, Json>();
  for (const { service } of backends) {
    const affinity = (ir.services[service] ?? ir.externals[service])?.settings.loadBalancing.affinity;
    if (affinity === undefined) continue;
    const policy = hashPolicy(affinity);
    policies.set(JSON.stringify(policy), policy);
  }
  return [...policies.values()];
}
