import type { Ir } from '../../ir/ir.ts';
import { idOf } from '../../ir/link/names.ts';
import { itemsOf, originOfWritten } from '../../ir/link/spec-place.ts';
import type { Backend, Forward, Rule } from '../../ir/route.ts';
import type { Service } from '../../ir/service.ts';
import { own } from '../../lib/own.ts';
import { formatOrigin } from '../../location.ts';
import type { Kind, Spec, SpecObject } from '../../spec/spec.ts';
import type { AccessDocument, RouteDocument, ServicePort } from '../../spec/types.gen.ts';
import { wholeName } from './cel-values.ts';
import { resolvedRule, resolvedSettings } from './resolved-settings.ts';

/** A document of any kind. */
export type AnyDocument = SpecObject<{ readonly metadata: object; readonly spec: object }>;

/** The fields of a document's `spec`, with `metadata`. */
type Fields = Readonly<Record<string, unknown>>;

/** Returns the documents of a kind, in order of namespace and name. */
export function documentsOf(spec: Spec, kind: Kind): readonly AnyDocument[] {
  return {
    Access: spec.accesses,
    Authentication: spec.authentications,
    External: spec.externals,
    Gateway: spec.gateways,
    Guardrail: spec.guardrails,
    Mesh: [spec.mesh],
    Profile: spec.profiles,
    Rollout: spec.rollouts,
    Route: spec.routes,
    Service: spec.services,
  }[kind];
}

/** Resolves documents: settings are those in force, and the linked mesh fills in what a document leaves out. */
export class ResolvedDocuments {
  private readonly ir: Ir;
  private rules: ReadonlyMap<string, Rule> | undefined;

  constructor(ir: Ir) {
    this.ir = ir;
  }

  /** Returns the fields of a document as the language writes them; those with a default of the schema may be missing. */
  fieldsOf(document: AnyDocument): Fields {
    const { kind, namespace, name, value } = document;
    const metadata = { ...value.metadata, name, ...(namespace !== '' && { namespace }) };
    return { ...value.spec, ...this.resolved(kind, document), metadata };
  }

  private resolved(kind: Kind, document: AnyDocument): Fields {
    switch (kind) {
      case 'Service': {
        const service = own(this.ir.services, idOf(document));
        return service === undefined ? {} : serviceFields(service, document);
      }
      case 'External': {
        const external = own(this.ir.externals, idOf(document));
        return external === undefined
          ? {}
          : { ...resolvedSettings(external.settings), ports: portsOf(external.ports, document) };
      }
      case 'Route':
        return this.routeFields(document as SpecObject<RouteDocument>);
      case 'Access': {
        const { service } = (document as SpecObject<AccessDocument>).value.spec;
        return service === undefined ? {} : { service: wholeName(service, document.namespace) };
      }
      case 'Authentication':
      case 'Gateway':
      case 'Guardrail':
      case 'Mesh':
      case 'Profile':
      case 'Rollout':
        return {};
    }
  }

  private routeFields({ value }: SpecObject<RouteDocument>): Fields {
    this.rules ??= rulesByPlace(this.ir);
    const { rules: byPlace } = this;
    const rules = itemsOf(value.spec.rules).map(([rule, at]) => {
      const action = byPlace.get(formatOrigin(originOfWritten(at)))?.action;
      return action?.type === 'forward' ? { ...rule, ...forwardFields(action) } : rule;
    });
    return { rules };
  }
}

function forwardFields(action: Forward): Fields {
  return { ...resolvedRule(action), backends: action.backends.map(backendFields) };
}

function backendFields({ service, version, port, weight }: Backend): Fields {
  return { service, ...(version !== undefined && { version }), port, weight };
}

function serviceFields(service: Service, document: AnyDocument): Fields {
  const { settings, mtls, ports, workload, versions, clusters, exposeTo, profiles } = service;
  return {
    ...resolvedSettings(settings),
    mtls,
    ports: portsOf(ports, document),
    workload: { labels: workload.labels, serviceAccount: workload.principal.serviceAccount },
    versions: Object.fromEntries(versions.map(({ name, labels }) => [name, { labels }])),
    clusters,
    profiles,
    ...(exposeTo !== 'all' && { exposeTo }),
  };
}

function portsOf(ports: Service['ports'], { value }: AnyDocument): Fields {
  const written = (value.spec as { readonly ports?: Readonly<Record<string, ServicePort>> }).ports ?? {};
  return Object.fromEntries(
    ports.map(({ name, number, targetPort, protocol, tls }) => [
      name,
      {
        ...own(written, name),
        port: number,
        targetPort,
        protocol,
        ...(tls && {
          tls: { ...own(written, name)?.tls, sni: tls.sni, subjectAltNames: tls.subjectAltNames },
        }),
      },
    ]),
  );
}

/** Returns the rules of all Routes by their places in the spec; of a rule that holds in several places, the first. */
function rulesByPlace(ir: Ir): ReadonlyMap<string, Rule> {
  const found = new Map<string, Rule>();
  const add = (rules: readonly Rule[]): void => {
    for (const rule of rules) {
      const place = formatOrigin(rule.origin);
      if (!found.has(place)) found.set(place, rule);
    }
  };
  for (const { ports } of [...Object.values(ir.services), ...Object.values(ir.externals)])
    for (const { route } of ports) if (!route.implicit) add(route.rules);
  for (const { listeners } of Object.values(ir.gateways))
    for (const { virtualHosts } of listeners) for (const { route } of virtualHosts) add(route.rules);
  return found;
}
