import type { Authentication } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type Service } from '../../../ir/service.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { modeOfPods, modesOfPorts } from './peer-authentications.ts';
import { sharings } from './sharing.ts';

/** Returns the limits of Istio with tokens and mTLS. */
export function authenticationLimits(ir: Ir, { rootNamespace }: LoweringOptions): readonly Limit[] {
  const services = Object.values(ir.services);
  const sharing = sharings(ir.services);
  return [
    ...[...services, ...Object.values(ir.gateways)].flatMap(({ authentication }) =>
      authentication === undefined
        ? []
        : [...severalPlaces(authentication), ...keysInside(ir, authentication)],
    ),
    ...services.flatMap((service) => [
      ...ignoredMode(ir, service, rootNamespace),
      ...stricter(service, sharing(service).others),
    ]),
  ];
}

/**
 * Returns the limit on tokens in several places: for Istio one valid token is enough, so a bad one in another place
 * passes.
 */
function severalPlaces({ issuers, origin }: Authentication): readonly Limit[] {
  const places = new Set(issuers.flatMap(({ from }) => from.map((source) => JSON.stringify(source))));
  if (places.size < 2) return [];
  return [
    {
      feature: 'authentication.jwt',
      reason:
        'tokens may be in several places, and Istio is content with one valid token where a request brings several',
      callers: 'a bad token beside a valid one is not refused with 401, and claims of only one are seen',
      origin,
    },
  ];
}

/** Returns the limit on keys inside the mesh: istiod fetches keys and has no certificate of the mesh. */
function keysInside(ir: Ir, { issuers }: Authentication): readonly Limit[] {
  return issuers.flatMap(({ jwks, origin }): readonly Limit[] => {
    const server = jwks.type === 'uri' ? inside(ir, jwks.uri) : undefined;
    if (server?.ports.some((port) => mtlsOf(server, port) === 'strict') !== true) return [];
    return [
      {
        feature: 'authentication.jwt',
        reason:
          'istiod fetches the keys, without an identity, and they are at a service that takes only calls with one',
        callers: 'every token is refused with 401',
        origin,
      },
    ];
  });
}

function inside({ services }: Ir, uri: string): Service | undefined {
  const [, name = '', namespace = ''] =
    /^https?:\/\/([^/?#:.]+)\.([^/?#:.]+)(?:\.svc\.cluster\.local)?(?:[:/?#]|$)/.exec(uri) ?? [];
  return services[`${namespace.toLowerCase()}/${name.toLowerCase()}`];
}

/** Returns the limit on modes in the root namespace, where Istio ignores the mode of a single workload. */
function ignoredMode(ir: Ir, service: Service, rootNamespace: string): readonly Limit[] {
  const { mtls, namespace, ports, origin } = service;
  if (ports.length === 0 || namespace !== rootNamespace) return [];
  const differing = ports.find((port) => mtlsOf(service, port) !== ir.mtls);
  if (differing === undefined) return [];
  return [
    {
      feature: `mtls.${differing.mtls ?? mtls}`,
      reason: 'in the root namespace a mode can only be set for the whole mesh',
      callers: `the mode of the mesh holds, which is ${ir.mtls}`,
      origin,
    },
  ];
}

/** Returns the limits of services that share pods: a pod has one mode. */
function stricter(service: Service, others: readonly Service[]): readonly Limit[] {
  if (service.ports.length === 0) return [];
  const mode = modeOfPods(service, others);
  const holding = modesOfPorts(service, others);
  const lost = service.ports.flatMap((port): readonly Limit[] => {
    const held = holding.get(port.targetPort) ?? mode;
    const wanted = mtlsOf(service, port);
    if (held === wanted || port.mtls === undefined) return [];
    return [
      {
        feature: `mtls.${wanted}`,
        reason:
          'another port leads to the same port of its pods and is stricter, and Istio knows one mode for that',
        callers: `it is ${held} here too`,
        origin: port.origin,
      },
    ];
  });
  if (mode === service.mtls) return lost;
  return [
    ...lost,
    {
      feature: `mtls.${service.mtls}`,
      reason: 'its pods serve another service that is stricter, and Istio knows one mode for a pod',
      callers: `it is ${mode} here too`,
      origin: service.origin,
    },
  ];
}
