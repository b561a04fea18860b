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

interface ModeOfPods {
  readonly mode: Mode;
  readonly from: Field;
  /** The selector, if it selects only some pods of the service. */
  readonly selector?: Field;
}

const strictness: readonly Mode[] = ['disabled', 'permissive', 'strict'];

/** Of a mode for some pods of a service and the mode of the others the stricter holds. */
function stricter(found: ModeOfPods | undefined, other: Mode): ModeOfPods | undefined {
  if (found?.selector === undefined || found.mode === other) return found;
  found.selector.differently({
    callers: 'some pods of the service are not selected: the stricter of the two modes holds for all',
    access: 'narrower',
  });
  return strictness.indexOf(found.mode) > strictness.indexOf(other) ? found : undefined;
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
  const ofServices = new Map<string, ModeOfPods>();
  const written: ReadDocument[] = [];
  for (const document of documents) {
    const namespace = namespaceOf(document);
    readHeader(document);
    const spec = document.root.at('spec');
    const mode = readMode(spec.at('mtls'));
    if (selectsPods(spec.at('selector'))) {
      written.push(...podModes(document, mode, ofServices, surroundings));
      continue;
    }
    spec.at('portLevelMtls').withoutEffect('modes of ports need a selector of pods');
    if (namespace === rootNamespace) mesh = mode ?? mesh;
    else if (mode !== undefined) ofNamespaces.set(namespace, { mode, from: document.root });
  }
  for (const service of inventory.services) {
    const above = ofNamespaces.get(service.namespace);
    const found = stricter(ofServices.get(serviceId(service)), above?.mode ?? mesh) ?? above;
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

function selectsPods(selector: Field): boolean {
  if (selector.isPresent) selector.entries();
  return Object.keys(selector.at('matchLabels').textMap() ?? {}).length > 0;
}

/** Notes the mode of pods that a selector names, and returns the modes of their ports. */
function podModes(
  document: NativeDocument,
  mode: Mode | undefined,
  ofServices: Map<string, ModeOfPods>,
  surroundings: Surroundings,
): readonly ReadDocument[] {
  const { root } = document;
  const namespace = surroundings.context.namespaceOf(document);
  const spec = root.at('spec');
  if (namespace === rootNamespace) {
    spec.withoutEffect('a selector in the namespace of the mesh selects nothing');
    return [];
  }
  const { services, partly } = readScope(spec, namespace, surroundings, undefined);
  if (mode !== undefined)
    for (const id of services)
      ofServices.set(id, {
        mode,
        from: root,
        ...(partly.includes(id) && { selector: spec.at('selector') }),
      });
  return portModes(spec.at('portLevelMtls'), services, root, surroundings);
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
