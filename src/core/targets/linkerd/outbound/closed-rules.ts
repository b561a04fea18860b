import { withoutDefaultBackend } from '../../gateway-api-objects/default-backend.ts';
import type { HttpFilter, HttpRule } from '../../gateway-api-objects/parts.ts';

/**
 * Returns a rule in a form in which Linkerd sends no request to a default backend. A redirect that changes the path
 * (which Linkerd can't) names a backend that doesn't exist. A redirect gets a status that Linkerd's CRD allows.
 */
export function closedRule(rule: HttpRule, namespace: string): HttpRule {
  const { filters = [], ...rest } = rule;
  if (!filters.some(isRedirect)) return withoutDefaultBackend(rule, namespace);
  if (!filters.some(changesPath)) return { ...rule, filters: filters.map(withKnownStatus) };
  const kept = filters.filter((filter) => !isRedirect(filter));
  return withoutDefaultBackend({ ...rest, ...(kept.length > 0 && { filters: kept }) }, namespace);
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
