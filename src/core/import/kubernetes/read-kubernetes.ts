import { isDnsLabel } from '../dns-label.ts';
import { Inventory, type KnownService, serviceId } from '../inventory.ts';
import type { NativeDocument } from '../native-document.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadContext } from '../reader.ts';
import { readIngresses } from './ingress.ts';
import { type LeavesAnnotation, readHeader } from './metadata.ts';
import { readService, type ServiceReading } from './service.ts';
import { isWorkload, readWorkload } from './workloads.ts';

/** Returns true for a Kubernetes object that says which services a mesh has. */
export function takesKubernetes(document: NativeDocument): boolean {
  const { group, kind } = document;
  return (
    (group === '' && ['Service', 'ServiceAccount', 'Namespace'].includes(kind)) ||
    (group === 'networking.k8s.io' && ['Ingress', 'IngressClass'].includes(kind)) ||
    isWorkload(document)
  );
}

/** Reads the services and workloads. */
export function readInventory(
  documents: readonly NativeDocument[],
  context: Omit<ReadContext, 'inventory'>,
  reading: ServiceReading,
): Inventory {
  const pods = documents
    .filter(isWorkload)
    .map((one) => readWorkload(one, context.namespaceOf(one), reading.leaves));
  const services: KnownService[] = [];
  for (const document of documents.filter(({ group, kind }) => group === '' && kind === 'Service')) {
    const problem = obstacle(document);
    if (problem !== undefined) context.refuse(document, problem);
    else services.push(readService(document, context.namespaceOf(document), pods, reading));
  }
  for (const document of documents) {
    if (['Namespace', 'ServiceAccount', 'IngressClass'].includes(document.kind))
      readNameOnly(document, reading.leaves);
  }
  return new Inventory(services, pods);
}

/** Returns the documents of the services, and of the Ingresses among the objects. */
export function kubernetesDocuments(
  documents: readonly NativeDocument[],
  context: ReadContext,
): readonly ReadDocument[] {
  const services = context.inventory.services.map(
    (service): ReadDocument => ({
      kind: 'Service',
      namespace: service.namespace,
      name: service.name,
      spec: service.spec,
      from: service.from,
      beside: serviceId(service),
    }),
  );
  const ingresses = documents.filter(
    ({ group, kind }) => kind === 'Ingress' && group === 'networking.k8s.io',
  );
  return [...services, ...readIngresses(ingresses, context)];
}

function obstacle({ root, name }: NativeDocument): string | undefined {
  if (!isDnsLabel(name)) return 'its name is no DNS label';
  if (root.along('spec', 'type').value === 'ExternalName')
    return 'a Service of type ExternalName is another name for a host; write an External with this host';
  const ports = root.along('spec', 'ports').value;
  return Array.isArray(ports) && ports.length > 0 ? undefined : 'a Service without ports takes no calls';
}

function readNameOnly(document: NativeDocument, leaves?: LeavesAnnotation): void {
  readHeader(document, leaves);
  for (const [name, field] of document.root.entries())
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(name))
      field.withoutEffect('the mesh knows namespaces, accounts and classes by their names alone');
}
