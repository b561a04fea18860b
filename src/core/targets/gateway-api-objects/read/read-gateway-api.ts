import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext, ReadMesh } from '../../../import/reader.ts';
import { readGrants } from './grants.ts';
import { readGateway } from './known-gateway.ts';
import { requestPorts } from './request-ports.ts';
import { type RouteDialect, readRoutes } from './routes.ts';

const groups: readonly string[] = ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'];
const routes: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];

/** The documents of the objects, and the classes of the Gateways among them. */
export interface ReadObjects extends Pick<ReadMesh, 'documents'> {
  readonly classes: readonly string[];
}

/** Returns true for an object of the Gateway API. */
export function takesGatewayApi({ group }: NativeDocument): boolean {
  return groups.includes(group);
}

/** Reads the objects of the Gateway API among documents, and those that a mesh reads like them (`dialect.isRoute`). */
export function readGatewayApi(
  documents: readonly NativeDocument[],
  context: ReadContext,
  dialect?: RouteDialect,
): ReadObjects {
  const own = documents.filter((one) => takesGatewayApi(one) || dialect?.isRoute(one) === true);
  const of = (kind: string): readonly NativeDocument[] => own.filter((one) => one.kind === kind);
  const gateways = of('Gateway').flatMap((one) => readGateway(one, context) ?? []);
  const grants = readGrants(of('ReferenceGrant'), context.namespaceOf);
  const world = {
    context,
    grants,
    gateways: gateways.map(({ known }) => known),
    ...(dialect && { dialect }),
  };
  const read = readRoutes(
    own.filter(({ kind }) => routes.includes(kind)),
    world,
  );
  for (const one of own) if (![...routes, 'Gateway', 'ReferenceGrant'].includes(one.kind)) readOther(one);
  const classes = new Set(gateways.map(({ known }) => known.className));
  const asked = requestPorts(own, context);
  return {
    documents: [...gateways.map(({ document }) => document), ...asked, ...read],
    classes: [...classes],
  };
}

function readOther(document: NativeDocument): void {
  readHeader(document);
  const { root, kind } = document;
  for (const [name, field] of root.entries()) {
    if (['apiVersion', 'kind', 'metadata', 'status'].includes(name)) continue;
    if (kind === 'GatewayClass')
      field.withoutEffect('a class says who serves a Gateway, which the target of the spec says');
    else field.lost({ callers: other[kind] ?? 'the language has no form for this kind' });
  }
}

const other: Readonly<Record<string, string>> = {
  UDPRoute: 'the language has no UDP',
  ListenerSet: 'the listeners are missing: add them to the Gateway',
  XListenerSet: 'the listeners are missing: add them to the Gateway',
  BackendTLSPolicy: 'the backend is called without TLS of its own: write `tls` at the port of the Service',
  XBackendTrafficPolicy: 'sessions and retry budgets do not hold: see Service',
};
