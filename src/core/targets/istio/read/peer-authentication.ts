import type { Field } from '../../../import/field.ts';
import { serviceId } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { MeshSpec, ServicePort } from '../../../spec/types.gen.ts';
import { rootNamespace, type Surroundings } from './surroundings.ts';
import { readScope } from './workload-scope.ts';

type Mode = NonNullable<MeshSpec['mtls']>;

/** The modes that PeerAuthentications set: of the mesh, and documents with those of services. */
export interface ReadModes {
  readonly mesh: Mode;
  readonly documents: readonly ReadDocument[];
}

const modes: Readonly<Record<string, Mode>> = {
  STRICT: 'strict',
  PERMISSIVE: 'permissive',
  DISABLE: 'disabled',
};

/**
 * Reads all PeerAuthentications. A mode of pods wins over one of their namespace, which wins over that of the mesh; without any
 * the mesh is permissive.
 */
export function readPeerAuthentications(
  documents: readonly NativeDocument[],
  surroundings: Surroundings,
): ReadModes {
  const { inventory, namespaceOf } = surroundings.context;
  let mesh: Mode = 'permissive';
  const ofNamespaces = new Map<string, { readonly mode: Mode; readonly from: Field }>();
  const ofServices = new Map<string, { readonly mode: Mode; readonly from: Field }>();
  const written: ReadDocument[] = [];
  for (const document of documents) {
    const namespace = namespaceOf(document);
    readHeader(document);
    const spec = document.root.at('spec');
    const mode = readMode(spec.at('mtls'));
    const isWhole = !spec.at('selector').isPresent;
    const scope = readScope(spec, namespace, surroundings, undefined);
    if (isWhole && namespace === rootNamespace) mesh = mode ?? mesh;
    else if (isWhole && mode !== undefined) ofNamespaces.set(namespace, { mode, from: document.root });
    else if (mode !== undefined)
      for (const id of scope.services) ofServices.set(id, { mode, from: document.root });
    written.push(...portModes(spec.at('portLevelMtls'), scope.services, document.root, surroundings));
  }
  for (const service of inventory.services) {
    const found = ofServices.get(serviceId(service)) ?? ofNamespaces.get(service.namespace);
    if (found === undefined || found.mode === mesh) continue;
    const { namespace, name } = service;
    written.push({
      kind: 'Service',
      namespace,
      name,
      spec: { mtls: found.mode },
      from: [found.from],
      beside: serviceId(service),
    });
  }
  return { mesh, documents: written };
}

function readMode(field: Field): Mode | undefined {
  if (field.isPresent) field.entries();
  const word = field.at('mode').text();
  return word === undefined ? undefined : modes[word];
}

/** Modes of ports name the port of the pods. */
function portModes(
  field: Field,
  ids: readonly string[],
  root: Field,
  { context }: Surroundings,
): readonly ReadDocument[] {
  return field.entries().flatMap(([number, entry]) => {
    const mode = readMode(entry);
    const found = ids.flatMap((id) => {
      const service = context.inventory.service(id);
      const port = service?.ports.find(({ targetPort }) => targetPort === Number(number));
      const own: ServicePort | undefined = port === undefined ? undefined : service?.spec.ports?.[port.name];
      return service === undefined || port === undefined || own === undefined || mode === undefined
        ? []
        : [{ service, name: port.name, own }];
    });
    if (found.length === 0 && mode !== undefined)
      entry.lost({
        callers: 'no Service of the input has this port of the pods, so the mode of the service holds for it',
      });
    return found.map(
      ({ service, name, own }): ReadDocument => ({
        kind: 'Service',
        namespace: service.namespace,
        name: service.name,
        spec: { ports: { [name]: { ...own, mtls: mode ?? 'permissive' } } },
        from: [root],
        beside: serviceId(service),
      }),
    );
  });
}
