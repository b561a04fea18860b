import type { Gateway } from '../../ir/gateway.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import type { GatewaySpec } from './gateway-api.gen.ts';
import { type Section, sectionsOf } from './gateway-listeners.ts';
import type { GatewayApiLowering } from './lowering.ts';
import { apiGroup, object } from './object.ts';
import type { VersionServiceOptions } from './version-services.ts';

/** The options for Gateways. */
export interface GatewayOptions extends VersionServiceOptions {
  /** Absent: no Gateway is written. */
  readonly gatewayClass?: string;
}

/** Data that the objects of gateways share. */
export type GatewayLowering = GatewayApiLowering<GatewayOptions>;

/** The most listeners of an object (`maxItems` of its CRD). */
const mostListeners = 64;

/** The reference by which a route names the object of a section. */
export interface SectionHolder {
  readonly kind: 'Gateway' | 'ListenerSet';
  readonly name: string;
}

/** Returns the object that has the section at a position: the Gateway has the first 64, ListenerSets the others. */
export function holderOf({ name }: Gateway, position: number): SectionHolder {
  const set = Math.floor(position / mostListeners);
  return set === 0
    ? { kind: 'Gateway', name }
    : { kind: 'ListenerSet', name: objectName(name, `part${String(set + 1).padStart(3, '0')}`) };
}

/**
 * Returns a Gateway and the ListenerSets that it needs, or an empty list if no class is known. `addresses` are those of
 * its spec; without any, the implementation starts proxies of its own.
 */
export function gatewayObjects(
  gateway: Gateway,
  { options }: GatewayLowering,
  addresses?: GatewaySpec['addresses'],
): readonly ObjectArtifact[] {
  const { id, namespace, origin } = gateway;
  const sections = sectionsOf(gateway);
  if (options.gatewayClass === undefined || sections.length === 0) return [];
  const held = Map.groupBy(sections.entries(), ([position]) => Math.floor(position / mostListeners));
  const common = { namespace, from: `Gateway/${id}` };
  return [...held.values()].map((own) => {
    const listeners = own.map(([, { listener }]) => listener);
    const { kind, name } = holderOf(gateway, own[0]?.[0] ?? 0);
    const origins = own.map(([, section]) => originOf(section));
    if (kind === 'ListenerSet')
      return object({
        kind,
        ...common,
        name,
        origins,
        spec: { parentRef: { group: apiGroup, kind: 'Gateway', name: gateway.name }, listeners },
      });
    return object({
      kind,
      ...common,
      name,
      origins: [origin, ...origins],
      spec: {
        gatewayClassName: options.gatewayClass ?? '',
        ...(addresses && { addresses }),
        ...(held.size > 1 && { allowedListeners: { namespaces: { from: 'Same' } } }),
        listeners,
      },
    });
  });
}

function originOf({ of }: Section) {
  return of.origin;
}
