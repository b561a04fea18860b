import type { Source } from '../../src/core/source/source.ts';
import { meshDocument, NumberedServices } from './numbered-services.ts';

const services = new NumberedServices(25);

/** Returns name and namespace of the service of a number. */
export const { placeOf: routedPlaceOf } = services;

const settings = `  mtls: strict
  access: deny
  egress: deny
  defaults: {timeout: 15s}
`;

/**
 * A mesh in which each service has two versions, limits, declared calls, a Route and an Access; a file holds a
 * namespace of 25 services. Half of the callers in an Access don't declare the call, so that every service has findings.
 */
export function routedMesh(size: number, platforms: readonly string[] = ['envoy']): readonly Source[] {
  const encoder = new TextEncoder();
  const { ofNamespace } = services;
  const namespaces = Array.from({ length: Math.ceil(size / ofNamespace) }, (_, i) => {
    const first = i * ofNamespace;
    const count = Math.min(ofNamespace, size - first);
    const texts = Array.from({ length: count }, (__, j) => documents(first + j, size));
    return { file: `${routedPlaceOf(first).namespace}.yaml`, bytes: encoder.encode(texts.join('---\n')) };
  });
  return [
    { file: 'mesh.yaml', bytes: encoder.encode(meshDocument('routed', platforms, settings)) },
    ...namespaces,
  ];
}

function documents(number: number, size: number): string {
  const { name } = routedPlaceOf(number);
  const metadata = services.metadataOf(number);
  const address = `10.${String((number >> 14) & 255)}.${String((number >> 6) & 255)}`;
  const instance = (i: number): string => `${address}.${String((number & 63) * 4 + i)}:8080`;
  const calls = idsOf([number - 1, number - 7, number - 40], size);
  const callers = idsOf([number + 1, number + 7, number + 3, number + 60], size);
  const from = callers.map((id) => `{service: ${id}}`);
  return `apiVersion: mesh/v1
kind: Service
metadata: ${metadata}
spec:
  ports: {http: {port: 8080}}
  workload: {labels: {app: ${name}}, serviceAccount: ${name}}
  versions: {v1: {labels: {version: v1}}, v2: {labels: {version: v2}}}
  endpoints: {v1: ["${instance(0)}"], v2: ["${instance(1)}"]}
  calls: [${calls.join(', ')}]
  connections: {maxConnections: 500, maxPendingRequests: 100}
  outlierDetection: {consecutive5xx: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50%}
---
apiVersion: mesh/v1
kind: Route
metadata: ${metadata}
spec:
  service: ${name}
  rules:
    - name: beta
      match: [{path: {prefix: /api}, headers: {x-beta: {exact: "1"}}}]
      backends: [{version: v2}]
    - name: main
      backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      timeout: 3s
      retries: {attempts: 2, perTryTimeout: 1s, on: [reset, "503"], methods: [GET]}
---
apiVersion: mesh/v1
kind: Access
metadata: ${metadata}
spec:
  service: ${name}
  rules:
    - allow: {from: [${['{namespace: n0}', ...from].join(', ')}], to: [{methods: [GET, POST], paths: [{prefix: /api}]}]}
    - allow: {from: [{namespace: n0}], to: [{methods: [GET], paths: [{exact: /healthz}]}]}
`;
}

/** Returns the ids of those services that the mesh has. */
function idsOf(numbers: readonly number[], size: number): readonly string[] {
  return numbers.filter((number) => number >= 0 && number < size).map((number) => services.idOf(number));
}
