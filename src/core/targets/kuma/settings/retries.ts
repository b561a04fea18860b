import type { Retries, RetryCondition } from '../../../ir/retries.ts';
import type { Port, Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { standardMethods } from '../../../lib/standard-methods.ts';
import type { Artifact } from '../../artifact.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import type { MeshRetrySpec } from '../crds/kuma.gen.ts';
import { resource } from '../resource.ts';
import { callee } from '../service-ref.ts';

type Default = NonNullable<NonNullable<MeshRetrySpec['to']>[number]['default']>;
type GrpcCondition = NonNullable<NonNullable<Default['grpc']>['retryOn']>[number];

/** Returns the retries of calls to each port; a Mesh of Kuma tries again by default, so that none is written, too. */
export function retries(lowering: Lowering): readonly Artifact[] {
  const { options } = lowering;
  return Object.values(lowering.ir.services)
    .filter(({ ports }) => ports.length > 0)
    .map((service) =>
      resource(
        {
          kind: 'MeshRetry',
          name: objectName(service.namespace, service.name),
          from: `Service/${service.id}`,
          origins: [service.origin],
          spec: {
            targetRef: { kind: 'Mesh' },
            to: service.ports.map((port) => ({
              targetRef: callee(service.name, service.namespace, options, port),
              default: defaultOf(service, port),
            })),
          },
        },
        options,
      ),
    );
}

/** Returns the retries of the requests to a port; undefined if its rules don't all have the same. */
export function portRetries({ route }: Port): Retries | undefined {
  const all = route.rules.flatMap(({ action }) => (action.type === 'forward' ? [action.retries] : []));
  const said = new Set(all.map((one) => (one === undefined ? '' : canonicalJson({ ...one, origin: {} }))));
  return said.size === 1 ? all[0] : undefined;
}

function defaultOf(_: Service, port: Port): Default {
  const none: Default = { http: { numRetries: 0 }, grpc: { numRetries: 0 }, tcp: { maxConnectAttempt: 1 } };
  const own = port.http ? portRetries(port) : undefined;
  if (own === undefined) return none;
  const { attempts, perTryTimeout, backoff, on } = own;
  const common = {
    numRetries: attempts,
    perTryTimeout: perTryTimeout === 0 ? '0s' : duration(perTryTimeout),
    backOff: {
      baseInterval: duration(Math.max(backoff, 1)),
      maxInterval: duration(Math.max(backoff, 1) * 10),
    },
  };
  if (port.protocol === 'grpc') {
    // Requests of gRPC are POST, and Kuma asks them for no method.
    if (own.methods !== 'all' && !own.methods.includes('POST')) return none;
    const retryOn = on.flatMap((condition) => grpcConditions[condition] ?? []);
    return retryOn.length === 0 ? none : { ...none, grpc: { ...common, retryOn } };
  }
  const conditions = on.flatMap((condition) => httpCondition(condition) ?? []);
  const methods = methodConditions(own);
  // Without a condition that names a method, every method is tried again.
  if (conditions.length === 0 || methods?.length === 0) return none;
  // Beside statuses alone Kuma tries other failures again, too; no call of a mesh meets this one.
  const named = on.some((condition) => typeof condition !== 'number') ? [] : ['Http3PostConnectFailure'];
  return {
    ...none,
    http: {
      ...common,
      retryOn: [...conditions, ...named, ...(methods ?? [])],
      hostSelection: [{ predicate: 'OmitPreviousHosts', updateFrequency: 2 }],
      hostSelectionMaxAttempts: 5,
    },
  };
}

/**
 * Returns the conditions of Kuma that name methods; with them only these methods are tried again. Undefined if all
 * methods are.
 */
function methodConditions({ methods }: Retries): readonly string[] | undefined {
  if (methods === 'all') return undefined;
  return methods
    .filter((method) => standardMethods.has(method))
    .map((method) => `HttpMethod${method.slice(0, 1)}${method.slice(1).toLowerCase()}`);
}

/** Returns true if Kuma has a word for each method of retries on a port. */
export function saysMethods({ methods }: Retries, { protocol }: Port): boolean {
  if (methods === 'all') return true;
  return protocol === 'grpc'
    ? methods.includes('POST')
    : methods.every((method) => standardMethods.has(method));
}

const grpcConditions: Readonly<Record<string | number, GrpcCondition>> = {
  cancelled: 'Canceled',
  'deadline-exceeded': 'DeadlineExceeded',
  internal: 'Internal',
  'resource-exhausted': 'ResourceExhausted',
  unavailable: 'Unavailable',
};

const httpConditions: Readonly<Record<string, string>> = {
  '5xx': '5xx',
  'gateway-error': 'GatewayError',
  reset: 'Reset',
  'connect-failure': 'ConnectFailure',
  'refused-stream': 'RefusedStream',
};

function httpCondition(condition: RetryCondition): string | undefined {
  if (typeof condition !== 'number') return httpConditions[condition];
  return hasName(condition) ? String(condition) : undefined;
}

/** Statuses from the first to the last that have names in the library by which Kuma checks them (Go's `net/http`). */
const namedStatuses: readonly (readonly [first: number, last: number])[] = [
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

/** Returns true for a status that Kuma takes; it refuses a whole policy because of another one. */
function hasName(status: number): boolean {
  return namedStatuses.some(([first, last]) => status >= first && status <= last);
}

/** Returns true if Kuma has a word for each condition of retries on a port. */
export function isSayable({ on }: Retries, { protocol }: Port): boolean {
  return on.every((condition) =>
    protocol === 'grpc' ? grpcConditions[condition] !== undefined : httpCondition(condition) !== undefined,
  );
}
