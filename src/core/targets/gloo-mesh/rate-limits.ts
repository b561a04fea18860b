import type { Ir } from '../../ir/ir.ts';
import type { Service } from '../../ir/service.ts';
import type { ServiceRateLimit } from '../../ir/settings.ts';
import type { ObjectArtifact } from '../artifact.ts';
import type { Limit } from '../target.ts';
import { object } from './object.ts';

/** The units of the rate limiter by their length in milliseconds. */
const units: Readonly<Record<number, 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY'>> = {
  1000: 'SECOND',
  60_000: 'MINUTE',
  3_600_000: 'HOUR',
  86_400_000: 'DAY',
};

/** Returns the limits that the rate limiter of the mesh counts over whole services. */
export function rateLimits(ir: Ir): readonly ObjectArtifact[] {
  const { rateLimiter } = ir;
  if (rateLimiter === undefined) return [];
  const [namespace = '', name = ''] = rateLimiter.service.split('/');
  const number = ir.services[rateLimiter.service]?.ports.find(
    (port) => port.name === rateLimiter.port,
  )?.number;
  const server = { ref: { name, namespace }, ...(number !== undefined && { port: { number } }) };
  const limited = Object.values(ir.services).flatMap((service) => {
    const { rateLimit } = service.settings;
    const unit = rateLimit && unitOf(rateLimit);
    return rateLimit === undefined || unit === undefined || !service.ports.some(({ http }) => http)
      ? []
      : [{ service, rateLimit, unit }];
  });
  if (limited.length === 0) return [];
  const settings = object({
    kind: 'RateLimitServerSettings',
    namespace,
    name,
    from: `Mesh/${ir.name}`,
    origins: [rateLimiter.origin],
    spec: { destinationServer: server },
  });
  return [
    settings,
    ...limited.flatMap(({ service, rateLimit, unit }) =>
      objectsOf(service, { limit: rateLimit, unit, server, settings: { name, namespace } }),
    ),
  ];
}

interface Counting {
  readonly limit: ServiceRateLimit;
  readonly unit: 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY';
  readonly server: { readonly ref: { readonly name: string; readonly namespace: string } };
  readonly settings: { readonly name: string; readonly namespace: string };
}

function objectsOf(
  { id, namespace, name, ports }: Service,
  { limit, unit, server, settings }: Counting,
): readonly ObjectArtifact[] {
  const common = { namespace, name, from: `Service/${id}`, origins: [limit.origin] };
  return [
    object({
      kind: 'RateLimitServerConfig',
      ...common,
      spec: {
        destinationServers: [server],
        raw: {
          descriptors: [
            { key: 'generic_key', value: id, rateLimit: { unit, requestsPerUnit: limit.requests } },
          ],
        },
      },
    }),
    object({
      kind: 'RateLimitClientConfig',
      ...common,
      spec: { raw: { rateLimits: [{ actions: [{ genericKey: { descriptorValue: id } }] }] } },
    }),
    object({
      kind: 'RateLimitPolicy',
      ...common,
      spec: {
        applyToDestinations: ports
          .filter(({ http }) => http)
          .map(({ number }) => ({
            selector: { name, namespace },
            kind: 'SERVICE' as const,
            port: { number },
          })),
        config: {
          serverSettings: settings,
          ratelimitClientConfig: { name, namespace },
          ratelimitServerConfig: { name, namespace },
        },
      },
    }),
  ];
}

/** Returns the limits that the rate limiter can't count. */
export function rateLimitLimits({ services }: Ir): readonly Limit[] {
  return Object.values(services).flatMap(({ settings: { rateLimit }, ports }) =>
    rateLimit?.scope !== 'service' || ports.length === 0 || unitOf(rateLimit) !== undefined
      ? []
      : [
          {
            feature: 'settings.rate-limit-service' as const,
            reason: 'the rate limiter counts in one second, minute, hour or day',
            callers: 'requests over the limit are served instead of refused with 429',
            origin: rateLimit.origin,
          },
        ],
  );
}

function unitOf({ scope, per }: ServiceRateLimit): Counting['unit'] | undefined {
  return scope === 'service' ? units[per] : undefined;
}
