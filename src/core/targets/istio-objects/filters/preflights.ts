import type { Ir } from '../../../ir/ir.ts';
import type { Route } from '../../../ir/route.ts';
import type { Origin } from '../../../location.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import { preflightName } from '../rule-name.ts';
import { envoyFilter, mergeRoutes, typed } from './envoy-filter.ts';

/**
 * Returns routes for preflights at gateways that check callers. They are answered before the checks, since browsers
 * send preflights without tokens.
 */
export function gatewayPreflights({ gateways }: Ir): readonly ObjectArtifact[] {
  return Object.values(gateways).flatMap(
    ({ id, namespace, name, workload, listeners, access, authentication }) => {
      if (!access.closed && access.deny.length === 0 && authentication === undefined) return [];
      const answers = listeners.flatMap(({ port, virtualHosts }) =>
        virtualHosts.flatMap(({ hostname, route }) => unchecked(`${hostname}:${String(port)}`, route)),
      );
      if (answers.length === 0) return [];
      return [
        envoyFilter({
          namespace,
          name: objectName('preflight', name, 'gateway'),
          from: `Gateway/${id}`,
          origins: answers.map(({ origin }) => origin),
          reason:
            'Istio checks who calls before a route answers a preflight, and its policies can not leave them out',
          labels: workload.labels,
          patches: answers.map(({ patch }) => patch),
        }),
      ];
    },
  );
}

function unchecked(
  vhost: string,
  route: Route,
): readonly { readonly origin: Origin; readonly patch: ConfigPatch }[] {
  return route.rules.flatMap((rule) =>
    rule.cors === undefined
      ? []
      : [
          {
            origin: rule.cors.origin,
            patch: mergeRoutes('GATEWAY', vhost, preflightName(route, rule), {
              typed_per_filter_config: noChecks,
            }),
          },
        ],
  );
}

/** Turns off the checks for preflights; Istio itself doesn't check their tokens. */
const noChecks: Json = {
  'envoy.filters.http.rbac': typed('envoy.extensions.filters.http.rbac.v3.RBACPerRoute', {}),
  'envoy.filters.http.ext_authz': typed('envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute', {
    disabled: true,
  }),
};
