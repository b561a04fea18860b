import type { Origin } from '../../location.ts';
import type { Artifact } from '../artifact.ts';
import { object } from '../kubernetes-objects/object.ts';
import type {
  MeshSpec,
  ProxyDefaultsSpec,
  ServiceDefaultsSpec,
  ServiceIntentionsSpec,
  ServiceResolverSpec,
  ServiceRouterSpec,
  ServiceSplitterSpec,
} from './crds/consul.gen.ts';
import { entryFields } from './entry-fields.ts';
import type { LoweringOptions } from './options.ts';

/** The API version of all of Consul's kinds on Kubernetes. */
export const apiVersion = 'consul.hashicorp.com/v1alpha1';

interface Specs {
  readonly Mesh: MeshSpec;
  readonly ProxyDefaults: ProxyDefaultsSpec;
  readonly ServiceDefaults: ServiceDefaultsSpec;
  readonly ServiceResolver: ServiceResolverSpec;
  readonly ServiceSplitter: ServiceSplitterSpec;
  readonly ServiceRouter: ServiceRouterSpec;
  readonly ServiceIntentions: ServiceIntentionsSpec;
}

/** A kind of entry. */
export type Kind = keyof Specs;

/** The kinds in the order in which Consul takes entries: a router is refused before its services have a protocol. */
export const kinds = [
  'Mesh',
  'ProxyDefaults',
  'ServiceDefaults',
  'ServiceResolver',
  'ServiceSplitter',
  'ServiceRouter',
  'ServiceIntentions',
] as const satisfies readonly Kind[];

/** The parts of an entry; its `spec` is that of the CRD of its kind. */
export interface EntryParts<K extends Kind> {
  readonly kind: K;
  /** The name of the entry in Consul, and of the object. */
  readonly name: string;
  /** The namespace of the object on Kubernetes. */
  readonly namespace: string;
  /** The document of the spec, as `KIND/NAMESPACE/NAME`. */
  readonly from: string;
  /** Never empty. */
  readonly origins: readonly Origin[];
  readonly spec: Specs[K];
}

/** Returns an entry as an object of its CRD, or as a file with the JSON of the config entry. */
export function entry<K extends Kind>(
  parts: EntryParts<K>,
  { mode }: Pick<LoweringOptions, 'mode'>,
): Artifact {
  const { kind, name, namespace, from, origins, spec } = parts;
  if (mode === 'kubernetes') return object({ apiVersion, ...parts });
  const configKind = kind.replace(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
  const position = String(kinds.indexOf(kind) + 1);
  return {
    type: 'file',
    kind,
    name,
    namespace,
    origins,
    path: `config/${position}-${configKind}/${name}.json`,
    resource: {
      Kind: configKind,
      ...(kind !== 'Mesh' && { Name: name }),
      ...entryFields(spec),
      Meta: { 'managed-by': 'mesh', origin: from },
    },
  };
}
