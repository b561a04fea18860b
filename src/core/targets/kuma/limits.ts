import type { Port, Service } from '../../ir/service.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { ruleLimits } from '../gateway-api-objects/rule-limits.ts';
import type { Limit } from '../target.ts';
import { permissionLimits } from './access/permissions.ts';
import type { Lowering } from './context.ts';
import { routeParts } from './routes/route-parts.ts';
import { streamRule } from './routes/stream-rule.ts';
import { shortestInterval } from './settings/rate-limits.ts';
import { isSayable, portRetries, saysMethods } from './settings/retries.ts';
import { portTimeout } from './settings/timeouts.ts';

/** Returns the places of a mesh that Kuma can't express, or at which it lets fewer calls through. */
export function limits(lowering: Lowering): readonly Limit[] {
  const services = Object.values(lowering.ir.services);
  const all = [
    ...services.flatMap((service) =>
      service.ports.flatMap((port) =>
        port.http
          ? [...routeLimits(port, lowering), ...timeLimits(service, port), ...retryLimits(port)]
          : streamLimits(port),
      ),
    ),
    ...services.flatMap(settingLimits),
    ...permissionLimits(lowering),
  ];
  return [
    ...new Map(
      all.map((limit) => [canonicalJson({ ...limit, origin: { ...limit.origin } }), limit]),
    ).values(),
  ];
}

function routeLimits(port: Port, lowering: Lowering): readonly Limit[] {
  return ruleLimits(routeParts(port, lowering).parts, lowering.dialect);
}

function streamLimits(port: Port): readonly Limit[] {
  const { rules } = port.route;
  if (rules.length === 0 || streamRule(port) !== undefined) return [];
  return rules.map((rule) => {
    const names = rule.matches.find(({ sni }) => sni !== undefined);
    const callers = rule.matches.find(({ from }) => from !== undefined);
    return {
      feature: names ? 'route.sni' : callers ? 'route.from' : 'route.order',
      reason: 'a route of Kuma takes all connections to a port, and the first rule takes only some',
      callers: 'connections to that port are closed',
      origin: (names ?? callers ?? rule).origin,
    };
  });
}

function timeLimits(service: Service, port: Port): readonly Limit[] {
  const kept = portTimeout(service, port);
  return port.route.rules.flatMap(({ action, origin }) =>
    action.type === 'forward' && action.timeout !== kept
      ? [
          {
            feature: 'settings.timeout' as const,
            reason: 'this target writes one timeout for a port, and the rules of this one have several',
            callers: 'requests of the rule have the timeout of the service',
            origin: action.timeoutOrigin ?? origin,
          },
        ]
      : [],
  );
}

function retryLimits(port: Port): readonly Limit[] {
  const kept = portRetries(port);
  return port.route.rules.flatMap(({ action }) => {
    if (action.type !== 'forward' || action.retries === undefined) return [];
    const { origin } = action.retries;
    if (kept === undefined)
      return [
        {
          feature: 'settings.retries' as const,
          reason:
            'this target writes one way to try again for a port, and the rules of this one have several',
          callers: 'requests that fail are not tried again',
          origin,
        },
      ];
    return [
      ...(isSayable(kept, port)
        ? []
        : [
            {
              feature: 'settings.retries' as const,
              reason:
                'Kuma tries requests of gRPC again by statuses of gRPC alone, and others by those of HTTP that have a name',
              callers: 'requests that fail in other ways are not tried again',
              origin,
            },
          ]),
      ...(saysMethods(kept, port)
        ? []
        : [
            {
              feature: 'settings.retries' as const,
              reason: 'Kuma names the methods of HTTP alone, and none for gRPC',
              callers: 'requests of other methods are not tried again, or none on a port of gRPC',
              origin,
            },
          ]),
    ];
  });
}

function settingLimits({ ports, settings }: Service): readonly Limit[] {
  const { connections, origins, rateLimit } = settings;
  const perConnection = origins['connections.maxRequestsPerConnection'];
  if (ports.length === 0) return [];
  return [
    ...(perConnection !== undefined && connections.maxRequestsPerConnection > 0
      ? [
          {
            feature: 'settings.connections' as const,
            reason: 'Kuma has no limit of the requests of one connection',
            callers: 'connections serve any number of requests',
            origin: perConnection,
          },
        ]
      : []),
    ...(rateLimit?.scope === 'instance' && (rateLimit.burst > 0 || rateLimit.per < shortestInterval)
      ? [
          {
            feature: 'settings.rate-limit' as const,
            reason: 'the bucket of Kuma holds the requests of one interval, which is longer than 50 ms',
            callers: 'fewer requests at once are served than the limit allows',
            origin: rateLimit.origin,
          },
        ]
      : []),
    ...(rateLimit?.scope === 'instance' && ports.every(({ http }) => !http)
      ? [
          {
            feature: 'settings.rate-limit' as const,
            reason: 'this target limits requests of HTTP alone',
            callers: 'connections over the limit are served',
            origin: rateLimit.origin,
          },
        ]
      : []),
  ];
}
