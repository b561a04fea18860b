import type { Source } from '../../src/core/source/source.ts';

/** A mesh of that many services in namespaces of 50, each with a Route, an Access and two declared calls. */
export function generatedMesh(size: number): readonly Source[] {
  const documents = Array.from({ length: size }, (_, number) => service(number, size));
  const encoder = new TextEncoder();
  return [
    { file: 'mesh.yaml', bytes: encoder.encode(mesh) },
    { file: 'services.yaml', bytes: encoder.encode(documents.join('')) },
  ];
}

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: large}
spec:
  trustDomain: large.example
  targets: {local: {platform: envoy, output: {directory: out}}}
`;

function service(number: number, size: number): string {
  const [name, namespace] = named(number);
  const calls = [(number + 1) % size, (number * 7 + 3) % size].map((called) => idOf(called));
  const host = `127.${String(1 + (number >> 16))}.${String((number >> 8) & 255)}.${String(number & 255)}`;
  return `---
apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  ports: {http: {port: 80}}
  calls: [${[...new Set(calls)].join(', ')}]
  versions: {v1: {labels: {version: v1}}, v2: {labels: {version: v2}}}
  endpoints:
    v1: [{app: "${host}:8081", inbound: "${host}:15006", outbound: "${host}:15001", admin: "${host}:15000"}]
    v2: [{app: "${host}:8082", inbound: "${host}:16006", outbound: "${host}:16001", admin: "${host}:16000"}]
---
apiVersion: mesh/v1
kind: Route
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  service: ${name}
  rules:
    - match: [{path: {prefix: /api}, headers: {x-user: {exact: tester}}}]
      backends: [{version: v2}]
    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      timeout: 2s
---
apiVersion: mesh/v1
kind: Access
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  service: ${name}
  rules:
    - allow: {from: [{service: ${idOf((number + size - 1) % size)}}]}
    - allow: {from: [{namespace: n0}], to: [{methods: [GET], paths: [{prefix: /healthz}]}]}
`;
}

function named(number: number): readonly [name: string, namespace: string] {
  return [`s${String(number)}`, `n${String(Math.floor(number / 50))}`];
}

function idOf(number: number): string {
  const [name, namespace] = named(number);
  return `${namespace}/${name}`;
}
