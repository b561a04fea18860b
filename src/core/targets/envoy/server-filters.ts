import type { Authentication } from '../../ir/authentication.ts';
import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { externalAuthorizationFilters } from './ext-authz.ts';
import { nameOf } from './name-of.ts';
import { accessRules, type Guarded } from './rbac/rules.ts';
import { tokenFilters } from './tokens/filters.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/**
 * Returns the checks of a server in the order of the language page: tokens (401), external authorization, access (403).
 * The rules of Access are in the routes (`accessOfRoutes`): a change of them comes by RDS and applies at once to open
 * connections. Without these rules no request passes. `port` is the name of the port or listener.
 */
export function serverFilters(
  ir: Ir,
  authentication: Authentication | undefined,
  port: string,
): readonly Fields[] {
  const asked = authentication?.externalAuthorization;
  return [
    ...(authentication === undefined ? [] : tokenFilters(ir, authentication)),
    ...(asked === undefined ? [] : externalAuthorizationFilters(ir, asked, port)),
    extension(denyFilter, 'envoy.extensions.filters.http.rbac.v3.RBAC', { rules_stat_prefix: 'deny' }),
    extension(allowFilter, 'envoy.extensions.filters.http.rbac.v3.RBAC', {
      rules: { action: 'ALLOW', policies: {} },
      rules_stat_prefix: 'allow',
    }),
  ];
}

/**
 * Returns the filters of a gateway's HTTP listeners. They refuse requests without a route, so the routes end with a
 * route for 404.
 */
export function gatewayServerFilters(ir: Ir, gateway: Gateway, listener: string): readonly Json[] {
  return serverFilters(ir, gateway.authentication, listener);
}

/** Returns the rules about callers as `typed_per_filter_config` of a RouteConfiguration. */
export function accessOfRoutes(ir: Ir, guarded: Guarded): Fields {
  const { deny, allow } = accessRules(ir, guarded);
  return { [denyFilter]: perRoute(deny, 'deny'), [allowFilter]: perRoute(allow, 'allow') };
}

/**
 * Returns the `typed_per_filter_config` of a route that is answered before the server's checks: a preflight, or a
 * redirect to https.
 */
export function withoutServerChecks(ir: Ir, authentication: Authentication | undefined): Fields {
  const disabled = typed('envoy.config.route.v3.FilterConfig', { disabled: true });
  return Object.fromEntries(
    serverFilters(ir, authentication, '').map((filter) => [nameOf(filter), disabled]),
  );
}

const denyFilter = 'access-deny';
const allowFilter = 'access-allow';

/** Returns the rules of one filter; without rules the filter lets everything pass. */
function perRoute(rules: Json | undefined, prefix: string): Json {
  return typed('envoy.extensions.filters.http.rbac.v3.RBACPerRoute', {
    rbac: rules === undefined ? {} : { rules, rules_stat_prefix: prefix },
  });
}
