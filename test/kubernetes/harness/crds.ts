import certificates from '../../schemas/certificates.gen.json' with { type: 'json' };
import gatewayApi from '../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import istio from '../../schemas/istio-1.31.gen.json' with { type: 'json' };
import linkerd from '../../schemas/linkerd.gen.json' with { type: 'json' };
import engines from '../../schemas/rollout-engines.gen.json' with { type: 'json' };

type Schema = Readonly<Record<string, unknown>>;

/** A CRD as an object of Kubernetes. */
export interface Definition extends Schema {
  readonly metadata: { readonly name: string; readonly annotations?: object };
}

/** Structural schemas of kinds, by `<group>/<version> <kind>`. */
export type KindSchemas = Readonly<Record<string, Schema>>;

/** Returns the CRDs of the kinds that Istio, the Gateway API and Linkerd share with the other meshes on the test server. */
export function customResourceDefinitions(): readonly Definition[] {
  return definitionsOf([istio, gatewayApi, linkerd, engines, certificates]);
}

/**
 * Returns the CRDs of kinds from the checked-in structural schemas: complete specs, and any status. A kind of several
 * schemas gets all their versions.
 */
export function definitionsOf(all: readonly KindSchemas[]): readonly Definition[] {
  const kinds = new Map<string, Versions>();
  for (const schemas of all)
    for (const [key, schema] of Object.entries(schemas)) {
      const [, group = '', version = '', kind = ''] = /^(.+)\/(\S+) (\S+)$/.exec(key) ?? [];
      const found = kinds.get(`${group} ${kind}`) ?? { group, kind, schemas: new Map() };
      if (!found.schemas.has(version)) found.schemas.set(version, schema);
      kinds.set(`${group} ${kind}`, found);
    }
  return [...kinds.values()].map(definition);
}

const gatewayGroup = 'gateway.networking.k8s.io';

/** Returns the CRD of GatewayClasses, which no target writes; it takes any spec. */
export function gatewayClassDefinition(): Definition {
  const spec = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schemas = new Map([['v1', { type: 'object', properties: { spec } }]]);
  return definition({ group: gatewayGroup, kind: 'GatewayClass', schemas });
}

/** Kinds whose objects have no namespace. */
const ofCluster: ReadonlySet<string> = new Set([
  'gateway.networking.k8s.io GatewayClass',
  'trust.cert-manager.io Bundle',
  'appmesh.k8s.aws Mesh',
]);

interface Versions {
  readonly group: string;
  readonly kind: string;
  readonly schemas: Map<string, Schema>;
}

function definition({ group, kind, schemas }: Versions): Definition {
  const singular = kind.toLowerCase();
  const plural = pluralOf(singular);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups below k8s.io are protected: a CRD of theirs names the change of the API that allows it.
      annotations: {
        'api-approved.kubernetes.io': 'unapproved, for tests',
        // istiod ignores CRDs of older versions of the Gateway API, and those that name none.
        ...(group === gatewayGroup && { 'gateway.networking.k8s.io/bundle-version': 'v1.6.0' }),
      },
    },
    spec: {
      group,
      scope: ofCluster.has(`${group} ${kind}`) ? 'Cluster' : 'Namespaced',
      names: { kind, plural, singular, listKind: `${kind}List` },
      versions: [...schemas].map(([name, schema], i) => versionOf(name, schema, i === 0)),
    },
  };
}

function versionOf(name: string, schema: Schema, isStored: boolean): Schema {
  const { spec } = schema['properties'] as Readonly<Record<string, Schema>>;
  return {
    name,
    served: true,
    storage: isStored,
    subresources: { status: {} },
    schema: {
      openAPIV3Schema: {
        ...withMessages(schema),
        type: 'object',
        properties: {
          spec: withMessages(spec ?? {}),
          status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  };
}

/** Plural names that their CRDs form in other ways, by singular name. */
const irregular: Readonly<Record<string, string>> = {
  mesh: 'meshes',
  proxydefaults: 'proxydefaults',
  ratelimitserversettings: 'ratelimitserversettings',
  servicedefaults: 'servicedefaults',
  serviceintentions: 'serviceintentions',
  workspacesettings: 'workspacesettings',
};

/** Returns the plural name that the CRD has (`gateways`, `authorizationpolicies`, `proxies`). */
function pluralOf(singular: string): string {
  const own = irregular[singular];
  if (own !== undefined) return own;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  // Telemetry's CRD is called `telemetries`, ServiceEntry's `serviceentries`.
  return singular.endsWith('s') ? `${singular}es` : `${singular}s`;
}

/**
 * Adds a message to each rule of several lines, which an API server requires and the schemas lack, and leaves out
 * extensions of other tools and `additionalProperties: false`, which strict validation implies.
 */
function withMessages(value: Schema): Schema {
  return messaged(value) as Schema;
}

function messaged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(messaged);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(
      ([key, own]) => !/^x-(?!kubernetes-)/.test(key) && !(key === 'additionalProperties' && own === false),
    )
    .map(([key, own]) => [key, messaged(own)] as const);
  const made = Object.fromEntries(entries) as Schema;
  const isRule = typeof made['rule'] === 'string' && made['rule'].includes('\n');
  return isRule ? { ...made, message: 'a rule of the CRD refuses it' } : made;
}
