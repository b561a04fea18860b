import type { Rule } from '../../ir/route.ts';
import type { Alternative } from './alternative.ts';
import type { Dialect } from './dialect.ts';
import { type ArrangedPart, httpRules } from './http-rules.ts';
import type { GrpcFilter, GrpcMatch, GrpcRule, HttpFilter, HttpMatch, HttpRule } from './parts.ts';
import type { RuleContext } from './rule-context.ts';

const serviceName = /^\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const methodName = /^[A-Za-z_]\w*$/;

/**
 * Returns true if a GRPCRoute can express the parts. A GRPCRoute has timeouts and retries only as annotations, and no
 * rewrites, CORS or query matches; its paths name a service or a method.
 */
export function isGrpcSayable(
  parts: readonly ArrangedPart[],
  { retries: way }: Pick<Dialect, 'retries'>,
): boolean {
  return parts.every(
    ({ rule, retries, alternatives }) =>
      isGrpcAction(rule) &&
      (way === 'annotations' || (retries === undefined && !hasTimeout(rule))) &&
      alternatives.every(isGrpcAlternative),
  );
}

function isGrpcAction({ action, cors }: Rule): boolean {
  return action.type === 'forward' && action.rewrite === undefined && cors === undefined;
}

function hasTimeout({ action }: Rule): boolean {
  return action.type === 'forward' && action.timeout > 0;
}

function isGrpcAlternative({ path, method, query }: Alternative): boolean {
  if ((method !== undefined && method !== 'POST') || query.length > 0) return false;
  if (path.type === 'prefix' && path.value === '') return true;
  const names = path.value.split('/').slice(1);
  const known = serviceName.test(names[0] ?? '') && names.slice(1).every((name) => methodName.test(name));
  return (
    known && ((path.type === 'exact' && names.length === 2) || (path.type === 'prefix' && names.length === 1))
  );
}

/**
 * Returns parts as rules of GRPCRoutes; `isGrpcSayable` must hold for the parts. `written` changes the rules in their
 * HTTPRoute form.
 */
export function grpcRules(
  parts: readonly ArrangedPart[],
  context: RuleContext,
  written: (rules: readonly HttpRule[]) => readonly HttpRule[] = (rules) => rules,
): readonly GrpcRule[] {
  return written(httpRules(parts, context)).map(({ matches = [], filters, backendRefs }) => {
    const own = matches.map(grpcMatch).filter((match) => Object.keys(match).length > 0);
    return {
      ...(own.length > 0 && { matches: own }),
      ...(filters && { filters: filters.flatMap(grpcFilter) }),
      ...(backendRefs && { backendRefs: backendRefs.map(({ filters: _, ...ref }) => ref) }),
    };
  });
}

function grpcMatch({ path, headers }: HttpMatch): GrpcMatch {
  const [service, method] = (path?.value ?? '/').split('/').slice(1);
  const named = service !== undefined && service !== '';
  return {
    ...(named && { method: { type: 'Exact', service, ...(method !== undefined && { method }) } }),
    ...(headers && { headers }),
  };
}

function grpcFilter({
  type,
  requestHeaderModifier,
  responseHeaderModifier,
  requestMirror,
}: HttpFilter): readonly GrpcFilter[] {
  if (type === 'RequestHeaderModifier' && requestHeaderModifier) return [{ type, requestHeaderModifier }];
  if (type === 'ResponseHeaderModifier' && responseHeaderModifier) return [{ type, responseHeaderModifier }];
  return type === 'RequestMirror' && requestMirror ? [{ type, requestMirror }] : [];
}
