import { locatePath } from '../source/locate.ts';
import type { Written } from './recognise.ts';
import type { Documents, Kind, Spec, SpecObject } from './spec.ts';

/** Assembles the spec from documents without errors. */
export function assemble(documents: readonly Written[], environment: string): Spec {
  const byKind = new Map<Kind, Written[]>();
  for (const document of documents) {
    const list = byKind.get(document.kind);
    if (list === undefined) byKind.set(document.kind, [document]);
    else list.push(document);
  }
  const of = <K extends Kind>(kind: K) =>
    (byKind.get(kind) ?? []).map((written) => specObject<K>(written)).sort(compare);
  const [mesh] = of('Mesh');
  if (mesh === undefined) throw new Error('a spec without a Mesh has a finding');
  return {
    mesh,
    services: of('Service'),
    routes: of('Route'),
    accesses: of('Access'),
    authentications: of('Authentication'),
    gateways: of('Gateway'),
    externals: of('External'),
    rollouts: of('Rollout'),
    profiles: of('Profile'),
    guardrails: of('Guardrail'),
    environment,
  };
}

/** Returns the typed form of a document; its schema has been checked. */
function specObject<K extends Kind>({
  kind,
  namespace,
  name = '',
  value,
  overlaid,
}: Written): SpecObject<Documents[K]> {
  const location = locatePath(value, ['metadata', 'name']);
  return {
    kind,
    namespace,
    name,
    value: value as unknown as Documents[K],
    location,
    ...(overlaid === undefined ? {} : { overlaid }),
  };
}

function compare(a: SpecObject<unknown>, b: SpecObject<unknown>): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

/** Compares code units, so that the order is the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
