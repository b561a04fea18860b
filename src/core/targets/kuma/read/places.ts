import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal } from '../../../spec/types.gen.ts';

/** The namespace of a control plane, whose policies hold for the whole mesh. */
const systemNamespace = 'kuma-system';

const namespaceLabel = 'k8s.kuma.io/namespace';
const nameLabels = ['kuma.io/display-name', 'k8s.kuma.io/service-name'];
const serviceTag = 'kuma.io/service';

/** The services that a reference of a policy selects; undefined if the reader can't find them. */
export interface Selected {
  readonly services: readonly KnownService[];
  /** The services that have further pods, which the reference doesn't select. */
  readonly partly: readonly KnownService[];
  /** The name of a port, or its number as text; absent for all ports. */
  readonly port?: string;
}

/** Returns the workloads that a top reference selects, by the services that they serve. */
export function selectWorkloads(
  ref: Field,
  namespace: string,
  { inventory }: ReadContext,
): Selected | undefined {
  const kind = ref.isPresent ? (ref.at('kind').text() ?? 'Mesh') : 'Mesh';
  const labels = { ...ref.at('labels').textMap(), ...ref.at('tags').textMap() };
  const name = ref.at('name').text();
  const own = ref.at('namespace').text();
  const port = ref.at('sectionName').text();
  if (ref.at('proxyTypes').isPresent || ref.at('mesh').isPresent) return undefined;
  const near =
    namespace === systemNamespace
      ? inventory.services
      : inventory.services.filter((one) => one.namespace === namespace);
  const section = port === undefined ? {} : { port };
  if (kind === 'Mesh') return { services: near, partly: [], ...section };
  if (kind === 'MeshService' && name !== undefined) {
    const found = serviceOfName(name, own ?? namespace, inventory.services);
    return found === undefined ? undefined : { services: [found], partly: [], ...section };
  }
  if (!['Dataplane', 'MeshSubset', 'MeshServiceSubset'].includes(kind) || name !== undefined)
    return undefined;
  const services = withLabels(labels, near);
  const partly = services.filter((one) => !isWhole(one, labels));
  return services.length === 0 ? undefined : { services, partly, ...section };
}

/** Returns the service that a reference to a callee names. */
export function selectCallee(
  ref: Field,
  namespace: string,
  context: ReadContext,
): Selected | 'all' | undefined {
  const kind = ref.at('kind').text();
  const labels = ref.at('labels').textMap() ?? {};
  const [name, own, port] = [ref.at('name').text(), ref.at('namespace').text(), ref.at('sectionName').text()];
  if (kind === 'Mesh') return 'all';
  if (kind !== 'MeshService') return undefined;
  const section = port === undefined ? {} : { port };
  const asked = name ?? nameLabels.flatMap((label) => labels[label] ?? [])[0];
  const home = own ?? labels[namespaceLabel] ?? namespace;
  if (asked === undefined) {
    const services = withLabels(labels, context.inventory.services);
    return services.length === 0 ? undefined : { services, partly: [], ...section };
  }
  const found = serviceOfName(asked, home, context.inventory.services);
  if (found !== undefined) return { services: [found], partly: [], ...section };
  if (!isDnsLabel(asked) || !isDnsLabel(home)) return undefined;
  context.guess(`${home}/${asked}`, { protocol: 'http' }, ref);
  return { services: [guessed(home, asked)], partly: [], ...section };
}

function guessed(namespace: string, name: string): KnownService {
  return { namespace, name, ports: [], selector: {}, workloads: [], spec: {}, from: [] };
}

/** Returns the service of a name, which may be the tag `NAME_NAMESPACE_svc_PORT`. */
function serviceOfName(
  name: string,
  namespace: string,
  services: readonly KnownService[],
): KnownService | undefined {
  const [, own = name, home = namespace] = /^(.+?)_(.+?)_svc(?:_\d+)?$/.exec(name) ?? [];
  return services.find((service) => service.name === own && service.namespace === home);
}

function withLabels(
  labels: Readonly<Record<string, string>>,
  services: readonly KnownService[],
): readonly KnownService[] {
  const { [namespaceLabel]: home, [serviceTag]: tag, ...others } = labels;
  const ofTag = tag === undefined ? undefined : serviceOfName(tag, home ?? '', services);
  if (tag !== undefined) return ofTag === undefined ? [] : [ofTag];
  return services.filter(
    (service) =>
      (home === undefined || service.namespace === home) &&
      (hasLabels(service.selector, others) || service.workloads.some((one) => hasLabels(one.labels, others))),
  );
}

/** Returns true if all pods of a service have labels, those of Kuma aside. */
function isWhole({ selector, workloads }: KnownService, labels: Readonly<Record<string, string>>): boolean {
  const { [namespaceLabel]: _home, [serviceTag]: tag, ...others } = labels;
  const hasAll = workloads.length > 0 && workloads.every((one) => hasLabels(one.labels, others));
  return tag !== undefined || hasLabels(selector, others) || hasAll;
}

/**
 * Returns the callers that a reference selects, by their accounts; undefined if the reader can't name them. Services whose pods
 * are only partly selected count if `isWide` says so.
 */
export function selectCallers(
  ref: Field,
  namespace: string,
  context: ReadContext,
  isWide: boolean,
): readonly Principal[] | undefined {
  const kind = ref.isPresent ? ref.at('kind').text() : 'Mesh';
  const tags = { ...ref.at('labels').textMap(), ...ref.at('tags').textMap() };
  const keys = Object.keys(tags);
  if (kind === 'Mesh') return [{ authenticated: true }];
  const [home] = keys.length === 1 ? [tags[namespaceLabel]] : [];
  if (home !== undefined && isDnsLabel(home)) return [{ namespace: home }];
  const selected =
    kind === 'MeshService'
      ? serviceOfName(
          ref.at('name').text() ?? '',
          ref.at('namespace').text() ?? namespace,
          context.inventory.services,
        )
      : undefined;
  const services =
    selected === undefined
      ? keys.length === 0
        ? []
        : withLabels(tags, context.inventory.services).filter((one) => isWide || isWhole(one, tags))
      : [selected];
  return services.length === 0 ? undefined : services.map((one) => ({ service: serviceId(one) }));
}
