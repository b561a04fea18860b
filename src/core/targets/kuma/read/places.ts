import { accountSharers } from '../../../import/account-sharers.ts';
import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService, serviceId, versionTaken } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import type { Place } from './versions.ts';

/** The usual namespaces of a control plane, whose policies hold for the whole mesh: of Kuma, and of Kong Mesh. */
const systemNamespaces: readonly string[] = ['kuma-system', 'kong-mesh-system'];

/** Returns true for the namespace of a control plane. */
export function isSystemNamespace(namespace: string): boolean {
  return systemNamespaces.includes(namespace);
}

const namespaceLabel = 'k8s.kuma.io/namespace';
const nameLabels = ['kuma.io/display-name', 'k8s.kuma.io/service-name'];
/** The label by which our own output says the namespace of a Dataplane outside of Kubernetes. */
const universalNamespace = 'meshwright.dev/namespace';
const serviceTag = 'kuma.io/service';

/** The help that an import gives, with the names of services outside of Kubernetes, and Services of versions. */
export interface KumaContext extends ReadContext {
  readonly named: ReadonlyMap<string, Place>;
  /** Services that the inventory doesn't have, by their ids: the versions that they stand for, if they do. */
  readonly versions: ReadonlyMap<string, Place | undefined>;
}

/** The services that a reference of a policy selects; undefined if the reader can't find them. */
export interface Selected {
  readonly services: readonly KnownService[];
  /** The services that have further pods, which the reference doesn't select. */
  readonly partly: readonly KnownService[];
  /** The version of the only service that the reference names; absent for all of its pods. */
  readonly version?: string;
  /** The name of a port, or its number as text; absent for all ports. */
  readonly port?: string;
}

/** Returns the workloads that a top reference selects, by the services that they serve. */
export function selectWorkloads(ref: Field, namespace: string, context: KumaContext): Selected | undefined {
  const { inventory } = context;
  const kind = ref.isPresent ? (ref.at('kind').text() ?? 'Mesh') : 'Mesh';
  const labels = { ...ref.at('labels').labels(), ...ref.at('tags').labels() };
  const name = ref.at('name').text();
  const own = ref.at('namespace').text();
  const port = ref.at('sectionName').text();
  if (ref.at('proxyTypes').isPresent || ref.at('mesh').isPresent) return undefined;
  const near = isSystemNamespace(namespace)
    ? inventory.services
    : inventory.services.filter((one) => one.namespace === namespace);
  const section = port === undefined ? {} : { port };
  if (kind === 'Mesh') return { services: near, partly: [], ...section };
  if (kind === 'MeshService' && name !== undefined) {
    const found = serviceOfName(name, own ?? namespace, context);
    return found === undefined ? undefined : { services: [found], partly: [], ...section };
  }
  if (!['Dataplane', 'MeshSubset', 'MeshServiceSubset'].includes(kind) || name !== undefined)
    return undefined;
  const services = withLabels(labels, near, context);
  const partly = services.filter((one) => !isWhole(one, labels));
  return services.length === 0 ? undefined : { services, partly, ...section };
}

/** Returns the service that a reference to a callee names. */
export function selectCallee(
  ref: Field,
  namespace: string,
  context: KumaContext,
): Selected | 'all' | undefined {
  const kind = ref.at('kind').text();
  const labels = ref.at('labels').labels() ?? {};
  const [name, own, port] = [ref.at('name').text(), ref.at('namespace').text(), ref.at('sectionName').text()];
  if (kind === 'Mesh') return 'all';
  if (kind !== 'MeshService') return undefined;
  const section = port === undefined ? {} : { port };
  const asked = name ?? nameLabels.flatMap((label) => labels[label] ?? [])[0];
  const home = own ?? labels[namespaceLabel] ?? namespace;
  if (asked === undefined) {
    const services = withLabels(labels, context.inventory.services, context);
    return services.length === 0 ? undefined : { services, partly: [], ...section };
  }
  const found = placeOfName(asked, home, context) ?? absentVersion(`${home}/${asked}`, ref, context);
  if (found !== undefined) return { ...selectedPlace(found), ...section };
  if (!isDnsLabel(asked) || !isDnsLabel(home)) return undefined;
  const place = isSystemNamespace(home) ? 'default' : home;
  context.guess(`${place}/${asked}`, { protocol: 'http' }, ref);
  return { services: [guessed(place, asked)], partly: [], ...section };
}

function selectedPlace({ service, version }: Place): Selected {
  return { services: [service], partly: [], ...(version !== undefined && { version }) };
}

function guessed(namespace: string, name: string): KnownService {
  return { namespace, name, ports: [], selector: {}, workloads: [], spec: {}, from: [] };
}

/** Returns the version that a Service of this id would stand for, and says that the input doesn't have it. */
function absentVersion(id: string, ref: Field, { inventory, versions }: KumaContext): Place | undefined {
  const version = versions.has(id) ? undefined : inventory.versionOf(id);
  if (version !== undefined) ref.differently(versionTaken(version));
  return version;
}

/** Returns the service, or the version, of a name, which may be the tag `NAME_NAMESPACE_svc_PORT`. */
function placeOfName(
  name: string,
  namespace: string,
  { inventory, named, versions }: KumaContext,
): Place | undefined {
  const universal = named.get(name);
  if (universal !== undefined) return universal;
  const [, own = name, home = namespace] = /^(.+?)_(.+?)_svc(?:_\d+)?$/.exec(name) ?? [];
  const service = inventory.service(`${home}/${own}`);
  return service === undefined ? versions.get(`${home}/${own}`) : { service };
}

/** Returns the service of a name. */
function serviceOfName(name: string, namespace: string, context: KumaContext): KnownService | undefined {
  const place = placeOfName(name, namespace, context);
  return place?.version === undefined ? place?.service : undefined;
}

function withLabels(
  labels: Readonly<Record<string, string>>,
  services: readonly KnownService[],
  context: KumaContext,
): readonly KnownService[] {
  const {
    [universalNamespace]: universal,
    [namespaceLabel]: home = universal,
    [serviceTag]: tag,
    ...others
  } = labels;
  const ofTag = tag === undefined ? undefined : serviceOfName(tag, home ?? '', context);
  const known = tag === undefined ? services : ofTag === undefined ? [] : [ofTag];
  return known.filter(
    (service) =>
      (tag !== undefined || home === undefined || service.namespace === home) &&
      (hasLabels(service.selector, others) || service.workloads.some((one) => hasLabels(one.labels, others))),
  );
}

/** Returns true if all pods of a service have labels, those of Kuma aside. */
function isWhole({ selector, workloads }: KnownService, labels: Readonly<Record<string, string>>): boolean {
  const { [universalNamespace]: _universal, [namespaceLabel]: _home, [serviceTag]: _tag, ...others } = labels;
  const hasAll = workloads.length > 0 && workloads.every((one) => hasLabels(one.labels, others));
  return hasLabels(selector, others) || hasAll;
}

/** The use of callers: an allow takes fewer of them where the language can't name them, a deny or a route more. */
type Use = 'allow' | 'deny' | 'route';

/** Returns the callers that a reference selects, by their accounts; undefined if the reader can't name them. */
export function selectCallers(
  ref: Field,
  namespace: string,
  context: KumaContext,
  use: Use,
): readonly Principal[] | undefined {
  const kind = ref.isPresent ? ref.at('kind').text() : 'Mesh';
  const tags = { ...ref.at('labels').labels(), ...ref.at('tags').labels() };
  const keys = Object.keys(tags);
  if (kind === 'Mesh') return [{ authenticated: true }];
  const [home] = keys.length === 1 ? [tags[namespaceLabel]] : [];
  if (home !== undefined && isDnsLabel(home)) return [{ namespace: home }];
  const selected =
    kind === 'MeshService'
      ? serviceOfName(ref.at('name').text() ?? '', ref.at('namespace').text() ?? namespace, context)
      : undefined;
  const found = keys.length === 0 ? [] : withLabels(tags, context.inventory.services, context);
  const services = selected === undefined ? found : [selected];
  const whole = selected === undefined ? found.filter((one) => isWhole(one, tags)) : services;
  const alone = whole.filter((one) => !markSharers(one, services, ref, context, use));
  if (whole.length < services.length) markFurther(ref, use);
  const taken = use === 'allow' ? alone : services;
  return taken.length === 0 ? undefined : taken.map((one) => ({ service: serviceId(one) }));
}

/** Says that a service has pods that a reference doesn't select. */
function markFurther(ref: Field, use: Use): void {
  const access = use === 'route' ? {} : ({ access: 'narrower' } as const);
  const callers =
    use === 'allow'
      ? 'a service with further pods is not let in'
      : `further pods of the same services are ${use === 'deny' ? 'refused' : 'routed'}, too`;
  ref.differently({ callers, ...access });
}

/** Returns true, and says so, if pods of others have the account of a caller: Kuma knows callers by their services. */
function markSharers(
  service: KnownService,
  selected: readonly KnownService[],
  ref: Field,
  { inventory }: KumaContext,
  use: Use,
): boolean {
  const ids = selected.map(serviceId);
  const others = accountSharers(service, inventory).filter((id) => !ids.includes(id));
  if (others.length === 0) return false;
  const account = `pods of ${others.join(', ')} have the account of ${serviceId(service)}, too`;
  if (use === 'route') ref.differently({ callers: `${account}: they go by this route like it` });
  else
    ref.differently({
      callers: `${account}, and the language knows callers by their accounts, so that ${use === 'allow' ? 'none of them is let in' : 'all of them are refused'}: give the caller an account of its own`,
      access: 'narrower',
    });
  return true;
}
