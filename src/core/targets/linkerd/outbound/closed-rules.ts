import { nowhere } from '../../gateway-api-objects/nowhere.ts';
import type { HttpFilter, HttpRule } from '../../gateway-api-objects/parts.ts';

/**
 * Returns a rule in a form in which Linkerd sends no request to a default backend. Shares of zero are left out. A rule
 * without backends, or with a redirect that changes the path (which Linkerd can't), names a backend that doesn't exist.
 * A redirect gets a status that Linkerd's CRD allows.
 */
export function withoutDefaultBackend(rule: HttpRule, namespace: string): HttpRule {
  const { filters = [], backendRefs = [], ...rest } = rule;
  const redirects = filters.some(isRedirect);
  if (redirects && !filters.some(changesPath)) return { ...rule, filters: filters.map(withKnownStatus) };
  const kept = filters.filter((filter) => !isRedirect(filter));
  const shares = backendRefs.filter(({ weight }) => weight !== 0);
  return {
    ...rest,
    ...(kept.length > 0 && { filters: kept }),
    backendRefs: shares.length > 0 ? shares : [nowhere(namespace)],
  };
}

/** Returns true if a redirect of Linkerd can have the status. */
export function isKnownStatus(status: number | undefined): boolean {
  return status === 301 || status === 302;
}

function withKnownStatus(filter: HttpFilter): HttpFilter {
  const { requestRedirect } = filter;
  if (requestRedirect === undefined || isKnownStatus(requestRedirect.statusCode)) return filter;
  return { ...filter, requestRedirect: { ...requestRedirect, statusCode: 302 } };
}

function isRedirect({ requestRedirect }: HttpFilter): boolean {
  return requestRedirect !== undefined;
}

function changesPath({ requestRedirect }: HttpFilter): boolean {
  return requestRedirect?.path !== undefined;
}
