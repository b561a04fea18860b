import type { Field } from '../../../import/field.ts';
import type { KnownPort, KnownService } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { ServicePort } from '../../../spec/types.gen.ts';

type RequestProtocol = 'http' | 'grpc';

const protocols: Readonly<Record<string, RequestProtocol>> = { HTTPRoute: 'http', GRPCRoute: 'grpc' };

/**
 * Returns the ports to which routes of requests lead and whose protocol no Service says, as ports that take requests. A port of
 * routes of both kinds takes HTTP.
 */
export function requestPorts(
  documents: readonly NativeDocument[],
  context: ReadContext,
): readonly ReadDocument[] {
  const made = new Map<KnownService, Map<KnownPort, RequestProtocol>>();
  for (const document of documents)
    for (const { service, port, protocol } of askedBy(document, context)) {
      const own = made.get(service) ?? new Map<KnownPort, RequestProtocol>();
      made.set(service, own);
      own.set(port, own.get(port) === 'http' ? 'http' : protocol);
    }
  return [...made].map(([{ namespace, name, spec }, ports]): ReadDocument => {
    const entries = [...ports].map(([port, protocol]): readonly [string, ServicePort] => [
      port.name,
      { ...(spec.ports?.[port.name] ?? { port: port.port }), protocol },
    ]);
    return {
      kind: 'Service',
      namespace,
      name,
      spec: { ports: Object.fromEntries(entries) },
      from: [],
      beside: `${namespace}/${name}`,
    };
  });
}

/** A port without a protocol to which a route leads. */
interface AskedPort {
  readonly service: KnownService;
  readonly port: KnownPort;
  readonly protocol: RequestProtocol;
}

function askedBy(document: NativeDocument, context: ReadContext): readonly AskedPort[] {
  const protocol = protocols[document.kind];
  if (protocol === undefined) return [];
  return referencesOf(document).flatMap((ref): readonly AskedPort[] => {
    const service = serviceOf(ref, context.namespaceOf(document), context);
    const { value: number } = ref.at('port');
    const ports = service?.ports.filter(
      (port) => port.isGuessed && (number === undefined || port.port === number),
    );
    return service === undefined ? [] : (ports ?? []).map((port) => ({ service, port, protocol }));
  });
}

/** Returns the references of a route to its backends, and to the services that are its parents. */
function referencesOf({ root }: NativeDocument): readonly Field[] {
  const rules = listAt(root.along('spec', 'rules'));
  return [
    ...listAt(root.along('spec', 'parentRefs')).filter((ref) => ref.at('kind').value === 'Service'),
    ...rules.flatMap((rule) => listAt(rule.at('backendRefs'))),
    ...rules.flatMap((rule) =>
      listAt(rule.at('filters')).map((filter) => filter.along('requestMirror', 'backendRef')),
    ),
  ];
}

/** Returns the items of a list without marks. */
function listAt(list: Field): readonly Field[] {
  return Array.isArray(list.value) ? list.value.map((_item, index) => list.item(index)) : [];
}

function serviceOf(ref: Field, namespace: string, { inventory }: ReadContext): KnownService | undefined {
  const [name, own = namespace] = [ref.at('name').value, ref.at('namespace').value];
  return typeof name === 'string' && typeof own === 'string'
    ? inventory.service(`${own}/${name}`)
    : undefined;
}
