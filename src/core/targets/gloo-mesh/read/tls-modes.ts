import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ServicePort, ServiceSpec } from '../../../spec/types.gen.ts';

/** A mode of TLS that a policy says. */
interface Mode {
  readonly mode: string;
  readonly field: Field;
  readonly from: Field;
}

/** The modes from the most open to the strictest, and what they are in the language. */
const modes = { DISABLE: 'disabled', PERMISSIVE: 'permissive', STRICT: 'strict' } as const;

function rankOf(mode: string): number {
  return Object.keys(modes).indexOf(mode);
}

/**
 * The modes that AccessPolicies say for services. Gloo Mesh makes a PeerAuthentication for the pods of each, and of two for the
 * same pods the older one holds, which no file says: the stricter one is written.
 */
export class Modes {
  readonly #modes = new Map<KnownService, Mode>();
  readonly #peers: readonly NativeDocument[];

  constructor(peers: readonly NativeDocument[]) {
    this.#peers = peers;
  }

  add(service: KnownService, mode: Mode): void {
    const known = this.#modes.get(service);
    this.#modes.set(service, known === undefined ? mode : stricterOf(known, mode, 'another policy'));
  }

  documents(): readonly ReadDocument[] {
    return [...this.#modes].map(([service, own]) => {
      const held = this.#peers
        .flatMap((peer) => modeOfPods(peer, service))
        .reduce((one, other) => stricterOf(one, other, 'another object'), own);
      return modeOf(service, held);
    });
  }
}

function stricterOf(one: Mode, other: Mode, holder: string): Mode {
  if (one.mode === other.mode) return one;
  const [stricter, opener] = rankOf(one.mode) >= rankOf(other.mode) ? [one, other] : [other, one];
  opener.field.differently({
    callers: `${holder} says ${stricter.mode} for the same service, which holds`,
    access: 'narrower',
  });
  return stricter;
}

/** Returns the mode that a PeerAuthentication sets for pods of a service, if it selects some. */
function modeOfPods({ namespace, root }: NativeDocument, service: KnownService): readonly Mode[] {
  const labels = root.along('spec', 'selector', 'matchLabels').value;
  const field = root.along('spec', 'mtls', 'mode');
  if (!isLabels(labels) || namespace !== service.namespace || typeof field.value !== 'string') return [];
  const selects =
    hasLabels(service.selector, labels) || service.workloads.some((pods) => hasLabels(pods.labels, labels));
  return selects && field.value in modes ? [{ mode: field.value, field, from: root }] : [];
}

function isLabels(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function modeOf(service: KnownService, { mode, from }: Mode): ReadDocument {
  const { namespace, name } = service;
  const mtls = mode === 'STRICT' ? 'strict' : mode === 'DISABLE' ? 'disabled' : 'permissive';
  return { kind: 'Service', namespace, name, spec: { mtls }, from: [from], beside: serviceId(service) };
}

/**
 * Returns the documents of PeerAuthentications without modes of ports that are more open than that of an AccessPolicy for the
 * service: if the policy is the older one, they hold for nothing.
 */
export function withoutOpenerPorts(
  documents: readonly ReadDocument[],
  policies: readonly ReadDocument[],
): readonly ReadDocument[] {
  const held = new Map(
    policies.flatMap((one) =>
      one.kind === 'Service' && one.spec.mtls !== undefined
        ? [[`${one.namespace}/${one.name}`, one.spec.mtls] as const]
        : [],
    ),
  );
  return documents.map((document): ReadDocument => {
    const mtls = held.get(`${document.namespace}/${document.name}`);
    if (document.kind !== 'Service' || document.spec.ports === undefined || mtls === undefined)
      return document;
    const ports = Object.entries(document.spec.ports).map(([name, port]) => {
      if (!isOpener(port.mtls, mtls)) return [name, port] as const;
      for (const root of document.from)
        root.along('spec', 'portLevelMtls').differently({
          callers: `an AccessPolicy says ${mtls} for the same service, which holds`,
          access: 'narrower',
        });
      const { mtls: _opener, ...rest } = port;
      return [name, rest satisfies ServicePort] as const;
    });
    return { ...document, spec: { ...document.spec, ports: Object.fromEntries(ports) } };
  });
}

function isOpener(one: ServicePort['mtls'], other: NonNullable<ServiceSpec['mtls']>): boolean {
  const order = Object.values<string>(modes);
  return one !== undefined && order.indexOf(one) < order.indexOf(other);
}
