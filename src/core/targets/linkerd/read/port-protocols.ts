import { type KnownPort, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Protocol } from '../../../spec/types.gen.ts';
import type { DefaultCallers } from './pod-defaults.ts';
import { portsOf } from './proxy-annotations.ts';
import { isAtPort, type KnownServer } from './servers.ts';

/** The input that says protocols of ports, beside the Services. */
export interface ProtocolSources {
  readonly servers: readonly KnownServer[];
  /** Services of Kubernetes. */
  readonly services: readonly NativeDocument[];
  /** Routes of calls to services. */
  readonly routes: readonly NativeDocument[];
  /** Services with a ServiceProfile. */
  readonly profiled: ReadonlySet<string>;
  readonly defaults: DefaultCallers;
}

const words: Readonly<Record<string, Protocol>> = {
  'HTTP/1': 'http',
  'HTTP/2': 'http2',
  gRPC: 'grpc',
  TLS: 'tls',
  opaque: 'tcp',
};

/** Values of `appProtocol` at which Linkerd doesn't pass bytes on. */
const told: readonly string[] = ['http', 'kubernetes.io/h2c'];

/** Protocols of ports by the words of Linkerd, where the Service alone says otherwise or nothing. */
export class PortProtocols {
  readonly #sources: ProtocolSources;
  readonly #context: ReadContext;
  readonly #appProtocols: ReadonlyMap<string, string>;
  readonly #opaque: ReadonlyMap<string, (port: number) => boolean>;
  readonly #routed: ReadonlyMap<string, Protocol>;

  constructor(sources: ProtocolSources, context: ReadContext) {
    this.#sources = sources;
    this.#context = context;
    const idOf = (one: NativeDocument): string => `${context.namespaceOf(one)}/${one.name}`;
    this.#appProtocols = new Map(sources.services.flatMap((one) => appProtocolsOf(one, idOf(one))));
    this.#opaque = new Map(
      sources.services.flatMap((one) => {
        const { value } = one.root.along('metadata', 'annotations', 'config.linkerd.io/opaque-ports');
        return typeof value === 'string' ? [[idOf(one), portsOf(value)] as const] : [];
      }),
    );
    this.#routed = new Map(sources.routes.flatMap((one) => routedServices(one, context.namespaceOf(one))));
  }

  /** Returns the protocol of a port as Linkerd sees it. */
  of(service: KnownService, port: KnownPort): Protocol {
    const id = serviceId(service);
    const pods = service.workloads;
    const isOpaque =
      this.#opaque.get(id)?.(port.port) === true ||
      pods.some((pod) => this.#sources.defaults.isOpaque(pod, port.targetPort));
    const app = this.#appProtocols.get(`${id} ${String(port.port)}`);
    if (isOpaque || (app !== undefined && !told.includes(app)))
      return port.protocol === 'tls' ? 'tls' : opaqueOf(port);
    const server = this.#sources.servers.find(
      (one) =>
        one.namespace === service.namespace &&
        isAtPort(one, port, pods) &&
        (one.selects(service.selector) || pods.some(({ labels }) => one.selects(labels))),
    );
    const said = words[server?.protocol ?? ''];
    if (said !== undefined) return fits(said, port.protocol) ? port.protocol : said;
    if (!port.isGuessed) return port.protocol;
    return this.#routed.get(id) ?? (this.#sources.profiled.has(id) ? 'http' : port.protocol);
  }

  /** Returns the Services with other protocols than their objects say. */
  documents(): readonly ReadDocument[] {
    return this.#context.inventory.services.flatMap((service): readonly ReadDocument[] => {
      const { namespace, name, ports } = service;
      const changed = ports.flatMap((port) => {
        const protocol = this.of(service, port);
        return protocol === port.protocol ? [] : [[port.name, { port: port.port, protocol }] as const];
      });
      if (changed.length === 0) return [];
      const spec = { ports: Object.fromEntries(changed) };
      return [{ kind: 'Service', namespace, name, spec, from: [], beside: serviceId(service) }];
    });
  }
}

/** Protocols that are bytes for a proxy stay what they are. */
function opaqueOf({ protocol }: KnownPort): Protocol {
  return ['http', 'http2', 'grpc'].includes(protocol) ? 'tcp' : protocol;
}

function fits(said: Protocol, known: Protocol): boolean {
  if (said === 'http2') return known === 'http2' || known === 'grpc';
  if (said === 'tcp') return !['http', 'http2', 'grpc', 'tls'].includes(known);
  return said === known;
}

function appProtocolsOf({ root }: NativeDocument, id: string): readonly (readonly [string, string])[] {
  const ports = root.along('spec', 'ports');
  if (!Array.isArray(ports.value)) return [];
  return ports.value.flatMap((_one, index) => {
    const [port, app] = [ports.item(index).at('port').value, ports.item(index).at('appProtocol').value];
    return typeof port === 'number' && typeof app === 'string'
      ? [[`${id} ${String(port)}`, app] as const]
      : [];
  });
}

/** Returns the services that a route of requests is for. */
function routedServices(
  { root, kind }: NativeDocument,
  namespace: string,
): readonly (readonly [string, Protocol])[] {
  const protocol = kind === 'HTTPRoute' ? 'http' : kind === 'GRPCRoute' ? 'grpc' : undefined;
  const refs = root.along('spec', 'parentRefs');
  if (protocol === undefined || !Array.isArray(refs.value)) return [];
  return refs.value.flatMap((_one, index) => {
    const ref = refs.item(index);
    const [own, name] = [ref.at('namespace').value ?? namespace, ref.at('name').value];
    const isService =
      ref.at('kind').value === 'Service' && typeof own === 'string' && typeof name === 'string';
    return isService ? [[`${own}/${name}`, protocol] as const] : [];
  });
}
