import type { PathMatch } from '../../../../ir/match.ts';
import type { Retries } from '../../../../ir/retries.ts';
import type { Backend, Forward } from '../../../../ir/route.ts';
import { setCookie } from '../../../../ir/set-cookie.ts';
import { duration } from '../../../kubernetes-objects/duration.ts';
import type { HttpRoute, HttpRouteDestination } from '../../crds/parts.ts';
import type { HttpContext } from './http-context.ts';
import { retries } from './retries.ts';
import { rewrite } from './rewrite.ts';

/**
 * Returns the action that forwards requests. `matched` is the path condition that they fit; `retried` are the retries
 * for their methods.
 */
export function forwardAction(
  forward: Forward,
  retried: Retries | undefined,
  matched: PathMatch | undefined,
  context: HttpContext,
): HttpRoute {
  const { backends, mirrors, timeout } = forward;
  const getting = backends.filter(({ weight }) => weight > 0);
  return {
    route: getting.map((backend) => ({
      destination: context.destination(backend),
      ...headersOf(backend, context),
      ...(getting.length > 1 && { weight: backend.weight }),
    })),
    ...(forward.rewrite && { rewrite: rewrite(forward.rewrite, matched) }),
    // Istio has no limit if the field is absent, and refuses 0s.
    ...(timeout > 0 && { timeout: duration(timeout) }),
    retries: retries(retried),
    ...(mirrors.length > 0 && {
      mirrors: mirrors.map((mirror) => ({
        destination: context.destination(mirror),
        percentage: { value: mirror.percent },
      })),
    }),
  };
}

/** Returns true if a backend has a share; Istio refuses a split of zeros. */
export function hasWeight({ backends }: Forward): boolean {
  return backends.some(({ weight }) => weight > 0);
}

/** Returns the header changes of a destination: the mark of its calls, and the cookie of its answers. */
function headersOf(backend: Backend, context: HttpContext): Pick<HttpRouteDestination, 'headers'> {
  const marked = context.mark(backend);
  if (backend.session === undefined) return marked;
  return { headers: { ...marked.headers, response: { add: { 'set-cookie': setCookie(backend.session) } } } };
}
