import type { Service } from '../../../ir/service.ts';
import type { Affinity, LoadBalancing, OutlierDetection, Settings } from '../../../ir/settings.ts';
import type { Artifact } from '../../artifact.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import type { MeshCircuitBreakerSpec, MeshLoadBalancingStrategySpec } from '../crds/kuma.gen.ts';
import { resource } from '../resource.ts';
import { callee, namesOf } from '../service-ref.ts';

type Breaker = NonNullable<NonNullable<MeshCircuitBreakerSpec['to']>[number]['default']>;
type Strategy = NonNullable<NonNullable<MeshLoadBalancingStrategySpec['to']>[number]['default']>;

/** Returns the limits of connections, and the way in which instances are picked, of each service and its versions. */
export function pools(lowering: Lowering): readonly Artifact[] {
  const { options } = lowering;
  return Object.values(lowering.ir.services)
    .filter(({ ports }) => ports.length > 0)
    .flatMap((service) => {
      const head = {
        name: objectName(service.namespace, service.name),
        from: `Service/${service.id}`,
        origins: [service.origin],
      };
      return [
        resource(
          { kind: 'MeshCircuitBreaker', ...head, spec: specOf(service, breaker(service.settings), lowering) },
          options,
        ),
        resource(
          {
            kind: 'MeshLoadBalancingStrategy',
            ...head,
            spec: specOf(service, strategy(service.settings.loadBalancing), lowering),
          },
          options,
        ),
      ];
    });
}

function specOf<T>(service: Service, value: T, lowering: Lowering) {
  return {
    targetRef: { kind: 'Mesh' as const },
    to: namesOf(service, lowering).map((name) => ({
      targetRef: callee(name, service.namespace, lowering.options),
      default: value,
    })),
  };
}

/** A number that no proxy reaches; without one the limits of the Mesh's own policy hold. */
const unlimited = 2_147_483_647;

function breaker({ connections, outlierDetection }: Settings): Breaker {
  const { maxConnections, maxPendingRequests, maxRequests } = connections;
  return {
    connectionLimits: {
      maxConnectionPools: unlimited,
      maxConnections: maxConnections ?? unlimited,
      maxPendingRequests: maxPendingRequests ?? unlimited,
      maxRequests: maxRequests ?? unlimited,
      maxRetries: unlimited,
    },
    outlierDetection:
      outlierDetection === undefined || !ejects(outlierDetection)
        ? // Kuma refuses a detection without a detector, even one that is off.
          { disabled: true, detectors: { totalFailures: { consecutive: 5 } } }
        : {
            disabled: false,
            interval: duration(outlierDetection.interval),
            baseEjectionTime: duration(outlierDetection.baseEjectionTime),
            maxEjectionPercent: Math.floor(outlierDetection.maxEjectionPercent),
            splitExternalAndLocalErrors: false,
            healthyPanicThreshold: percent(outlierDetection.minHealthPercent),
            detectors: {
              ...(outlierDetection.consecutive5xx > 0 && {
                totalFailures: { consecutive: outlierDetection.consecutive5xx },
              }),
              ...(outlierDetection.consecutiveGatewayErrors > 0 && {
                gatewayFailures: { consecutive: outlierDetection.consecutiveGatewayErrors },
              }),
            },
          },
  };
}

/** Returns true if some number of failures ejects an instance. */
function ejects({ consecutive5xx, consecutiveGatewayErrors }: OutlierDetection): boolean {
  return consecutive5xx > 0 || consecutiveGatewayErrors > 0;
}

/** A decimal is a text for Kuma. */
function percent(value: number): number | string {
  return Number.isInteger(value) ? value : String(value);
}

const types = {
  'round-robin': 'RoundRobin',
  'least-request': 'LeastRequest',
  random: 'Random',
  'ring-hash': 'RingHash',
  maglev: 'Maglev',
} as const;

function strategy({ algorithm, affinity }: LoadBalancing): Strategy {
  return {
    localityAwareness: { disabled: true },
    loadBalancer: { type: types[algorithm] },
    ...(affinity && { hashPolicies: [hashPolicy(affinity)] }),
  };
}

function hashPolicy(affinity: Affinity): NonNullable<Strategy['hashPolicies']>[number] {
  switch (affinity.type) {
    case 'cookie': {
      const { name, ttl, path } = affinity;
      return { type: 'Cookie', cookie: { name, ttl: ttl === 0 ? '0s' : duration(ttl), path: path ?? '/' } };
    }
    case 'header':
      return { type: 'Header', header: { name: affinity.name } };
    case 'query':
      return { type: 'QueryParameter', queryParameter: { name: affinity.name } };
    case 'sourceAddress':
      return { type: 'Connection', connection: { sourceIP: true } };
  }
}
