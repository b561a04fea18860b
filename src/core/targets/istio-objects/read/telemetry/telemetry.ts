import { defined, unlessEmpty } from '../../../../import/defined.ts';
import type { Field } from '../../../../import/field.ts';
import { serviceId } from '../../../../import/inventory.ts';
import { readHeader } from '../../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import type { MetricsTelemetry, ServiceTelemetry, Telemetry } from '../../../../spec/types.gen.ts';
import { rootNamespace, type Surroundings } from '../surroundings.ts';
import { readScope } from '../workload-scope.ts';
import { readAccessLog } from './access-log.ts';
import { Providers } from './providers.ts';
import { readTracing } from './tracing.ts';

/** The parts of a mesh that Telemetries say. */
export interface ReadTelemetry {
  /** The telemetry of the whole mesh. */
  readonly mesh?: Telemetry;
  /** Services whose telemetry differs. */
  readonly documents: readonly ReadDocument[];
}

/** Reads Telemetries: that of the root namespace is the Mesh's, those of namespaces and pods are their services'. */
export function readTelemetries(
  documents: readonly NativeDocument[],
  surroundings: Surroundings,
): ReadTelemetry {
  const providers = new Providers(documents, surroundings);
  const namespaceOf = (one: NativeDocument): string => surroundings.context.namespaceOf(one);
  const isSelecting = ({ root }: NativeDocument): boolean => {
    const spec = root.at('spec');
    return ['selector', 'targetRef', 'targetRefs'].some((name) => spec.at(name).isPresent);
  };
  const whole = documents.filter((one) => !isSelecting(one));
  const [first] = whole.filter((one) => namespaceOf(one) === rootNamespace);
  let mesh: Telemetry | undefined;
  const seen = new Set<string>();
  // Settings of pods win over those of their namespace.
  const read = [...whole, ...documents.filter(isSelecting)].flatMap((document): readonly ReadDocument[] => {
    readHeader(document);
    const spec = document.root.at('spec');
    const namespace = namespaceOf(document);
    if (spec.isPresent) spec.entries();
    if (whole.includes(document)) {
      if (seen.has(namespace)) {
        spec.lost({
          callers: 'another Telemetry of the namespace says what is reported, and the mesh takes one',
        });
        return [];
      }
      seen.add(namespace);
    }
    if (document === first) {
      mesh = readMesh(spec, providers);
      return [];
    }
    return readServices(document, namespace, surroundings, providers);
  });
  return { ...(mesh && { mesh }), documents: read };
}

function readMesh(spec: Field, providers: Providers): Telemetry | undefined {
  const accessLog = readAccessLog(spec.at('accessLogging'), providers) ?? undefined;
  const tracing = readTracing(spec.at('tracing'), providers) ?? undefined;
  const { otlp, ...rest } = tracing ?? {};
  if (tracing !== undefined && otlp === undefined)
    spec
      .at('tracing')
      .lost({ callers: 'no spans are sent: write the receiver into `telemetry.tracing` of the Mesh' });
  return unlessEmpty(
    defined({
      accessLog,
      tracing: otlp === undefined ? undefined : { ...rest, otlp },
      metrics: readMetrics(spec.at('metrics')),
    }),
  );
}

function readServices(
  document: NativeDocument,
  namespace: string,
  surroundings: Surroundings,
  providers: Providers,
): readonly ReadDocument[] {
  const spec = document.root.at('spec');
  const scope = readScope(spec, namespace, surroundings, undefined);
  const own = new Set(surroundings.context.inventory.services.map(serviceId));
  const services = scope.services.filter((id) => own.has(id));
  if (services.length === 0) {
    spec.lost({ callers: 'no Service of the input has these pods: write `telemetry` of the Service' });
    return [];
  }
  if (scope.partly.length > 0)
    spec.at('selector').differently({ callers: 'all pods of the service report, and today only some do so' });
  if (scope.gateways.length > 0)
    spec.differently({ callers: 'proxies of gateways report what the Mesh says' });
  spec.at('metrics').lost({ callers: 'metrics have the labels that `telemetry.metrics` of the Mesh says' });
  const accessLog = readAccessLog(spec.at('accessLogging'), providers);
  const tracing = readTracing(spec.at('tracing'), providers);
  const telemetry = defined({ accessLog, tracing }) as ServiceTelemetry;
  if (Object.keys(telemetry).length === 0) return [];
  return services.map((id) => {
    const [home = '', name = ''] = id.split('/');
    return {
      kind: 'Service',
      namespace: home,
      name,
      spec: { telemetry },
      from: [document.root],
      beside: id,
    };
  });
}

/** Reads labels that all metrics get at both ends of a call. */
function readMetrics(list: Field): MetricsTelemetry | undefined {
  const labels = list.items().flatMap((item) => {
    for (const provider of item.at('providers').items())
      if (provider.at('name').text() !== 'prometheus')
        provider.lost({ callers: 'metrics are those that Prometheus reads from the proxies' });
    item.at('reportingInterval').lost({ callers: 'metrics are read when Prometheus asks' });
    return item.at('overrides').items().flatMap(readOverride);
  });
  return labels.length === 0 ? undefined : { labels: Object.fromEntries(labels) };
}

function readOverride(field: Field): readonly (readonly [string, string])[] {
  const [metric, mode] = [field.along('match', 'metric').text(), field.along('match', 'mode').text()];
  const isWhole =
    [undefined, 'ALL_METRICS'].includes(metric) && [undefined, 'CLIENT_AND_SERVER'].includes(mode);
  if (!isWhole || field.along('match', 'customMetric').isPresent || field.at('disabled').boolean() === true) {
    field.lost({ callers: 'all metrics of proxies are there, at both ends of a call, with the same labels' });
    return [];
  }
  return field
    .at('tagOverrides')
    .entries()
    .flatMap(([name, tag]) => {
      const operation = tag.at('operation').text() ?? 'UPSERT';
      const value = tag.at('value').text() ?? '';
      if (operation === 'UPSERT' && value !== '' && /^[A-Za-z_]\w*$/.test(name))
        return [[name, value] as const];
      tag.lost({ callers: `metrics keep the label ${name} as it is` });
      return [];
    });
}
