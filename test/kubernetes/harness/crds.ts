import gatewayApi from '../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import istio from '../../schemas/istio-1.31.gen.json' with { type: 'json' };

type Schema = Readonly<Record<string, unknown>>;

/** CRDs of the kinds that targets write, from the structural schemas that are checked in: specs whole, any status. */
export function customResourceDefinitions(): readonly Schema[] {
  return Object.entries({ ...istio, ...gatewayApi } as Readonly<Record<string, Schema>>).map(
    ([key, schema]) => definition(key, schema),
  );
}

function definition(key: string, schema: Schema): Schema {
  const [, group = '', version = '', kind = ''] = /^(.+)\/(\S+) (\S+)$/.exec(key) ?? [];
  const singular = kind.toLowerCase();
  const plural = pluralOf(singular);
  const { spec } = schema['properties'] as Readonly<Record<string, Schema>>;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups below k8s.io are protected: a CRD of theirs names the change of the API that allows it.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular, listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              ...withMessages(schema),
              properties: {
                spec: withMessages(spec ?? {}),
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
    },
  };
}

/** Plural names as the CRDs have them (`gateways`, `authorizationpolicies`, `proxies`). */
function pluralOf(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  // Telemetry's CRD is called `telemetries`, ServiceEntry's `serviceentries`.
  return `${singular}s`;
}

/** An API server wants a sentence for a rule of more than one line; the schemas have none. */
function withMessages(value: Schema): Schema {
  return messaged(value) as Schema;
}

function messaged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(messaged);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, own]) => [key, messaged(own)] as const);
  const made = Object.fromEntries(entries) as Schema;
  const isRule = typeof made['rule'] === 'string' && made['rule'].includes('\n');
  return isRule ? { ...made, message: 'a rule of the CRD refuses it' } : made;
}
