import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ServiceSpec } from '../../../spec/types.gen.ts';
import { heldMode, type Mode, modeOf, type SetMode, wholeMode } from './held-mode.ts';
import { rootNamespace, type Surroundings } from './surroundings.ts';
import { readScope } from './workload-scope.ts';

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

/** Modes by what they hold for: the empty text for the mesh, a namespace, a service, or a service and the name of a port. */
type Levels = Map<string, readonly SetMode[]>;

/**
 * Reads all PeerAuthentications. A mode of a port wins over one of pods, which wins over one of their namespace, which wins over
 * that of the mesh; without any the mesh is permissive.
 */
export function readPeerAuthentications(
  documents: readonly NativeDocument[],
  surroundings: Surroundings,
): ReadModes {
  const { inventory, namespaceOf } = surroundings.context;
  const levels: Levels = new Map();
  for (const document of documents) {
    const namespace = namespaceOf(document);
    readHeader(document);
    const spec = document.root.at('spec');
    const mode = readMode(spec.at('mtls'));
    if (selectsPods(spec.at('selector'))) {
      readPods(document, mode, levels, surroundings);
      continue;
    }
    spec.at('portLevelMtls').withoutEffect('modes of ports need a selector of pods');
    if (mode !== undefined)
      add(levels, namespace === rootNamespace ? '' : namespace, {
        mode,
        from: document.root,
        field: spec.at('mtls'),
      });
  }
  const mesh = modeOf(heldMode(levels.get('') ?? []) ?? 'permissive');
  const held = new Map<string, SetMode | undefined>();
  const ofNamespace = (name: string): SetMode | undefined => {
    if (!held.has(name)) held.set(name, heldMode(levels.get(name) ?? []));
    return held.get(name);
  };
  return {
    mesh,
    documents: inventory.services.flatMap((service) =>
      serviceModes(service, mesh, ofNamespace(service.namespace) ?? mesh, levels),
    ),
  };
}

function add(levels: Levels, level: string, mode: SetMode): void {
  levels.set(level, [...(levels.get(level) ?? []), mode]);
}

function selectsPods(selector: Field): boolean {
  if (selector.isPresent) selector.entries();
  return Object.keys(selector.at('matchLabels').labels() ?? {}).length > 0;
}

/** Notes the modes of pods that a selector names, and of their ports. */
function readPods(
  document: NativeDocument,
  mode: Mode | undefined,
  levels: Levels,
  surroundings: Surroundings,
): void {
  const { root } = document;
  const namespace = surroundings.context.namespaceOf(document);
  const spec = root.at('spec');
  if (namespace === rootNamespace) {
    spec.withoutEffect('a selector in the namespace of the mesh selects nothing');
    return;
  }
  const { services, partly } = readScope(spec, namespace, surroundings, undefined);
  const set = (id: string, own: Mode, field: Field): SetMode => ({
    mode: own,
    from: root,
    field: partly.includes(id) ? spec.at('selector') : field,
    ...(partly.includes(id) && { isPartial: true }),
  });
  if (mode !== undefined) for (const id of services) add(levels, id, set(id, mode, spec.at('mtls')));
  for (const [number, entry] of spec.at('portLevelMtls').entries()) {
    const own = readMode(entry);
    const found = services.flatMap((id) => {
      const service = surroundings.context.inventory.service(id);
      const port = service?.ports.find(({ targetPort }) => targetPort === Number(number));
      return port === undefined ? [] : [{ id, name: port.name }];
    });
    if (own === undefined) continue;
    if (found.length === 0)
      entry.lost({
        callers: 'no Service of the input has this port of the pods, so the mode of the service holds for it',
      });
    for (const { id, name } of found) add(levels, `${id} ${name}`, set(id, own, entry));
  }
}

function readMode(field: Field): Mode | undefined {
  if (field.isPresent) field.entries();
  const word = field.at('mode').text();
  return word === undefined ? undefined : modes[word];
}

/** Returns the documents of a service whose mode, or that of a port, is another one than the mode of the mesh. */
function serviceModes(
  service: KnownService,
  mesh: Mode,
  above: SetMode | Mode,
  levels: Levels,
): readonly ReadDocument[] {
  const { namespace, name } = service;
  const id = serviceId(service);
  const own = wholeMode(levels.get(id) ?? [], above);
  const document = (spec: ServiceSpec, held: SetMode | Mode): ReadDocument => ({
    kind: 'Service',
    namespace,
    name,
    spec,
    from: typeof held === 'string' ? [] : [held.from],
    beside: id,
  });
  const ofPorts = service.ports.flatMap((port): readonly ReadDocument[] => {
    const set = levels.get(`${id} ${port.name}`) ?? [];
    const held = wholeMode(set, own);
    const written = service.spec.ports?.[port.name];
    return set.length === 0 || written === undefined || held === own
      ? []
      : [document({ ports: { [port.name]: { ...written, mtls: modeOf(held) } } }, held)];
  });
  return [...(modeOf(own) === mesh ? [] : [document({ mtls: modeOf(own) }, own)]), ...ofPorts];
}
