import type { Field } from '../../../../import/field.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import { isSameJson } from '../../../../lib/is-same-json.ts';
import type { Json } from '../../../../lib/json.ts';
import { isHidden } from '../export-to.ts';
import { isHttpPort, type Surroundings } from '../surroundings.ts';
import { fieldsOf, listOf, textOf } from './message.ts';

/** A rule for requests of a VirtualService, and the virtual hosts in which proxies have it. */
export interface NativeRule {
  readonly document: NativeDocument;
  /** The item of `http`. */
  readonly field: Field;
  readonly name: string;
  readonly places: readonly RulePlace[];
  /** Hosts that the rule sends requests to. */
  readonly targets: readonly string[];
}

/** A virtual host of proxies that have a rule. */
export interface RulePlace {
  readonly context: 'SIDECAR_OUTBOUND' | 'GATEWAY';
  readonly vhost: string;
  /** The gateway (`namespace/name`) that has it. */
  readonly gateway?: string;
}

/** Returns the rules for requests that have a name, by which patches find them. Marks nothing. */
export function nativeRules(
  documents: readonly NativeDocument[],
  surroundings: Surroundings,
): readonly NativeRule[] {
  return documents.flatMap((document): readonly NativeRule[] => {
    const spec = document.root.at('spec');
    const { http } = (spec.value ?? {}) as { readonly http?: unknown };
    if (isHidden(spec) || !Array.isArray(http)) return [];
    const hosts = placesOf(document, surroundings);
    return http.flatMap((_rule, index): readonly NativeRule[] => {
      const field = spec.at('http').item(index);
      const name = textOf(field.at('name').value);
      if (name === undefined) return [];
      const places = hosts.filter((place) => isAt(field, place));
      return [{ document, field, name, places: places.map(withoutPort), targets: targetsOf(field) }];
    });
  });
}

interface PortPlace extends RulePlace {
  readonly port: number;
}

function withoutPort({ context, vhost, gateway }: PortPlace): RulePlace {
  return { context, vhost, ...(gateway !== undefined && { gateway }) };
}

function placesOf(document: NativeDocument, surroundings: Surroundings): readonly PortPlace[] {
  const spec = document.root.at('spec');
  const texts = (name: string): readonly string[] =>
    (listOf(spec.at(name).value) ?? []).flatMap((one) => textOf(one) ?? []);
  const namespace = surroundings.context.namespaceOf(document);
  const [hosts, gateways] = [texts('hosts'), texts('gateways')];
  const inMesh = gateways.length === 0 || gateways.includes('mesh');
  return [
    ...(inMesh ? hosts.flatMap((host) => meshPlaces(host, namespace, surroundings)) : []),
    ...gateways.flatMap((name) => {
      const gateway = name === 'mesh' ? undefined : surroundings.gateway(name, namespace);
      const ports = new Set(gateway?.listeners.filter(({ isHttp }) => isHttp).map(({ port }) => port));
      return [...ports].flatMap((port) =>
        hosts.map((host) => ({
          context: 'GATEWAY' as const,
          vhost: `${host}:${String(port)}`,
          port,
          gateway: gateway?.id ?? '',
        })),
      );
    }),
  ];
}

function meshPlaces(
  host: string,
  namespace: string,
  { externals, context: { inventory } }: Surroundings,
): readonly PortPlace[] {
  const context = 'SIDECAR_OUTBOUND' as const;
  const external = externals.find(({ hosts }) => hosts.includes(host.toLowerCase()));
  if (external !== undefined)
    return external.ports
      .filter(({ isHttp }) => isHttp)
      .map(({ port }) => ({ context, vhost: `${host}:${String(port)}`, port }));
  const service = inventory.serviceOfHost(host, namespace);
  if (service === undefined) return [];
  const whole = `${service.name}.${service.namespace}.svc.cluster.local`;
  return service.ports
    .filter((one) => isHttpPort(one) || one.isGuessed)
    .map(({ port }) => ({ context, vhost: `${whole}:${String(port)}`, port }));
}

/** Returns true if one of the matches of a rule holds at a port and a gateway. */
function isAt(field: Field, { port, gateway }: PortPlace): boolean {
  const matches = listOf(field.at('match').value) ?? [];
  if (matches.length === 0) return true;
  return matches.some((one) => {
    const { port: own, gateways } = (one ?? {}) as { readonly port?: unknown; readonly gateways?: unknown };
    const named = listOf(gateways);
    const fitsGateway =
      named === undefined ||
      named.some((name) => name === (gateway ?? 'mesh') || gateway?.endsWith(`/${String(name)}`));
    return (own === undefined || own === port) && fitsGateway;
  });
}

function targetsOf(field: Field): readonly string[] {
  return (listOf(field.at('route').value) ?? []).flatMap((one) => {
    const destination = (one as { readonly destination?: unknown } | null)?.destination;
    return textOf(fieldsOf(destination, ['host', 'port', 'subset'])?.['host']) ?? [];
  });
}

/** Returns true if a rule takes nothing but preflights of browsers. */
export function takesPreflights({ field }: NativeRule): boolean {
  const matches = listOf(field.at('match').value) ?? [];
  return (
    matches.length > 0 &&
    matches.every((one) => {
      const { method, headers } = (one ?? {}) as { readonly method?: unknown; readonly headers?: unknown };
      const names = Object.keys(headers ?? {});
      return (
        fieldsOf(method, ['exact'])?.['exact'] === 'OPTIONS' &&
        ['origin', 'access-control-request-method'].every((name) => names.includes(name))
      );
    })
  );
}

/** Returns true if two rules take the same requests but for their methods: a rule is written twice if only some are tried again. */
export function differInMethods({ field: one }: NativeRule, { field: other }: NativeRule): boolean {
  const rest = (field: Field): Json => {
    const matches = listOf(field.at('match').value) ?? [{}];
    return matches.map((match) => {
      const { method: _, ...others } = (match ?? {}) as { readonly method?: Json };
      return others;
    });
  };
  return isSameJson(rest(one), rest(other));
}
