import type { Port, Service } from '../../ir/service.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Lowering } from './context.ts';
import type { LoweringOptions } from './options.ts';

/** A MeshService by its labels: the only way that Kuma 3.0 has. */
export interface ServiceLabels {
  readonly [label: string]: string;
}

/** Returns the name of a MeshService outside of Kubernetes, where names have no namespaces. */
export function universalName(name: string, namespace: string): string {
  const joined = `${name}-${namespace}`;
  // Names with hyphens could be joined to the same text in two ways, and a name begins with a letter.
  const isPlain = !name.includes('-') && !namespace.includes('-') && /^[a-z]/.test(name);
  const made = isPlain
    ? joined
    : `s-${joined.slice(0, 50).replace(/-+$/, '')}-${sha256(`${namespace}/${name}`).slice(0, 8)}`;
  return made.length <= 63
    ? made
    : `${made.slice(0, 54).replace(/-+$/, '')}-${sha256(`${namespace}/${name}`).slice(0, 8)}`;
}

/** Returns the labels of the MeshService of a Kubernetes Service, or of a name outside of Kubernetes. */
export function serviceLabels(
  name: string,
  namespace: string,
  { mode }: Pick<LoweringOptions, 'mode'>,
): ServiceLabels {
  return mode === 'kubernetes'
    ? { 'kuma.io/display-name': name, 'k8s.kuma.io/namespace': namespace }
    : { 'kuma.io/display-name': universalName(name, namespace) };
}

/** Returns the callee of a policy: a MeshService, or one port of it. */
export function callee(name: string, namespace: string, options: Pick<LoweringOptions, 'mode'>, port?: Port) {
  return {
    kind: 'MeshService',
    labels: serviceLabels(name, namespace, options),
    ...(port && { sectionName: port.name }),
  } as const;
}

/** Returns the names of a service and of its versions that get shares of their own: each is a MeshService. */
export function namesOf({ id, name }: Service, { versions }: Lowering): readonly string[] {
  return [name, ...[...versions.values()].filter(({ service }) => service.id === id).map((one) => one.name)];
}

/**
 * Returns the workloads of a service as the target of a policy, by the labels of their Dataplanes. Without the namespace
 * the policy would also hold for services of other namespaces with these labels.
 */
export function workloads(
  { workload, namespace }: Service,
  port: Port,
  { mode }: Pick<LoweringOptions, 'mode'>,
) {
  const place = mode === 'kubernetes' ? 'k8s.kuma.io/namespace' : namespaceLabel;
  return {
    kind: 'Dataplane',
    labels: { ...workload.labels, [place]: namespace },
    sectionName: port.name,
  } as const;
}

/** The label of Dataplanes outside of Kubernetes that says the namespace of the spec. */
export const namespaceLabel = 'meshwright.dev/namespace';
