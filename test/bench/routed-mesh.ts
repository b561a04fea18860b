import type { Source } from '../../src/core/source/source.ts';

const servicesOfNamespace = 25;

/**
 * A mesh in which each service has two versions, limits, declared calls, a Route and an Access; a file holds a
 * namespace of 25 services. Half of the callers in an Access don't declare the call, so that every service has findings.
 */
export function routedMesh(size: number, platforms: readonly string[] = ['envoy']): readonly Source[] {
  const encoder = new TextEncoder();
  const namespaces = Array.from({ length: Math.ceil(size / servicesOfNamespace) }, (_, i) => {
    const first = i * servicesOfNamespace;
    const count = Math.min(servicesOfNamespace, size - first);
    const texts = Array.from({ length: count }, (__, j) => documents(first + j, size));
    return { file: `${namespaceOf(first)}.yaml`, bytes: encoder.encode(texts.join('---\n')) };
  });
  return [{ file: 'mesh.yaml', bytes: encoder.encode(mesh(platforms)) }, ...namespaces];
}

/** Returns the mesh document, with a target for each platform, named after it. */
function mesh(platforms: readonly string[]): string {
  const targets = platforms.map(
    (name) => `    ${name}: {platform: ${name}, output: {directory: out/${name}}}\n`,
  );
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: routed}
spec:
  trustDomain: routed.example
  mtls: strict
  access: deny
  egress: deny
  defaults: {timeout: 15s}
  targets:
${targets.join('')}`;
}

function documents(number: number, size: number): string {
  const name = `s${String(number)}`;
  const metadata = `{name: ${name}, namespace: ${namespaceOf(number)}}`;
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

/** Returns name and namespace of the service of that number. */
export function routedPlaceOf(number: number): { readonly name: string; readonly namespace: string } {
  return { name: `s${String(number)}`, namespace: namespaceOf(number) };
}

/** Returns the ids of those services that the mesh has. */
function idsOf(numbers: readonly number[], size: number): readonly string[] {
  return numbers
    .filter((number) => number >= 0 && number < size)
    .map((number) => `${namespaceOf(number)}/s${String(number)}`);
}

function namespaceOf(number: number): string {
  return `n${String(Math.floor(number / servicesOfNamespace))}`;
}
