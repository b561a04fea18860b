import type { Source } from '../../src/core/source/source.ts';
import { meshDocument, NumberedServices } from './numbered-services.ts';

const services = new NumberedServices(25);

/** Rules of each service: a Route with four, an Access with sixteen. */
export const rulesOfService = 20;

const settings = `  mtls: strict
  access: deny
  egress: deny
  defaults: {timeout: 15s}
`;

/**
 * A mesh for the engine: each service has two versions, a Route of four rules and an Access of sixteen, whose callers,
 * methods, paths and headers differ from service to service. A file holds a namespace of 25 services. The services of
 * `changed` have one more path in their Access.
 */
export function ruledMesh(
  size: number,
  changed: (number: number) => boolean = () => false,
): readonly Source[] {
  const encoder = new TextEncoder();
  const { ofNamespace } = services;
  const namespaces = Array.from({ length: Math.ceil(size / ofNamespace) }, (_, i) => {
    const first = i * ofNamespace;
    const count = Math.min(ofNamespace, size - first);
    const texts = Array.from({ length: count }, (__, j) => documents(first + j, size, changed(first + j)));
    const { namespace } = services.placeOf(first);
    return { file: `${namespace}.yaml`, bytes: encoder.encode(texts.join('---\n')) };
  });
  return [
    { file: 'mesh.yaml', bytes: encoder.encode(meshDocument('ruled', ['envoy'], settings)) },
    ...namespaces,
  ];
}

function documents(number: number, size: number, isChanged: boolean): string {
  const { name } = services.placeOf(number);
  const metadata = services.metadataOf(number);
  const id = (step: number): string => `{service: ${services.idOf((number + step) % size)}}`;
  const area = `/${name}/v${String(number % 3)}`;
  const rules = Array.from({ length: 12 }, (_, index) => {
    const methods = ['GET', 'GET, HEAD', 'POST', 'PUT, DELETE'][index % 4] ?? 'GET';
    const form = ['exact', 'prefix', 'prefix'][index % 3] ?? 'exact';
    return `    - allow: {from: [${id(index + 1)}, ${id(7 * index + 30)}], to: [{methods: [${methods}], paths: [{${form}: ${area}/p${String(index)}}]}]}`;
  });
  return `apiVersion: mesh/v1
kind: Service
metadata: ${metadata}
spec:
  ports: {http: {port: 8080}}
  workload: {labels: {app: ${name}}, serviceAccount: ${name}}
  versions: {v1: {labels: {version: v1}}, v2: {labels: {version: v2}}}
---
apiVersion: mesh/v1
kind: Route
metadata: ${metadata}
spec:
  service: ${name}
  rules:
    - name: beta
      match: [{path: {prefix: ${area}}, headers: {x-beta: {exact: "1"}}}]
      backends: [{version: v2}]
    - name: slow
      match: [{path: {prefix: ${area}/p1}, methods: [GET]}]
      backends: [{version: v1}]
      timeout: 3s
    - name: old
      match: [{path: {exact: /${name}/old}}]
      redirect: {path: ${area}}
    - name: main
      backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
---
apiVersion: mesh/v1
kind: Access
metadata: ${metadata}
spec:
  service: ${name}
  rules:
${rules.join('\n')}
    - allow: {from: [{namespace: n0}], to: [{methods: [GET], paths: [{exact: /healthz}${isChanged ? ', {exact: /readyz}' : ''}]}]}
    - allow: {from: [${id(3)}], to: [{paths: [{regex: '${area}/items/[0-9]+(/.*)?'}], headers: {x-tenant: {prefix: t}}}]}
    - allow: {from: [{namespace: ${services.placeOf(number).namespace}}], to: [{methods: [GET], paths: [{startsWith: ${area}/public}]}]}
    - deny: {to: [{paths: [{prefix: ${area}/p2/admin}]}], except: [{from: [${id(2)}]}]}
`;
}
