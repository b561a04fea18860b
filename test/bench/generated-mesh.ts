import type { Source } from '../../src/core/source/source.ts';
import { meshDocument, NumberedServices } from './numbered-services.ts';

const services = new NumberedServices(50);

/** Returns the name of the service of a number. */
export const { placeOf } = services;

/**
 * A mesh such as a company has it: namespaces of 50 services, a file for each service; each calls three to five others,
 * most of them in its own namespace, and says who may call it; a third has a Route between two versions. Two instances
 * each, for targets that know instances.
 */
export function generatedMesh(size: number, platforms: readonly string[] = ['envoy']): readonly Source[] {
  const encoder = new TextEncoder();
  const calls = Array.from({ length: size }, (_, number) => calledBy(number, size));
  const callers = Array.from({ length: size }, (): number[] => []);
  for (const [caller, called] of calls.entries()) for (const number of called) callers[number]?.push(caller);
  return [
    { file: 'mesh.yaml', bytes: encoder.encode(meshDocument('large', platforms)) },
    ...calls.map((called, number) => {
      const { name, namespace } = placeOf(number);
      const text = documents(number, called, callers[number] ?? []);
      return { file: `services/${namespace}/${name}.yaml`, bytes: encoder.encode(text) };
    }),
  ];
}

/** Three to five services, all but one in the namespace of the caller, as far as the mesh is large enough. */
function calledBy(number: number, size: number): readonly number[] {
  const first = number - (number % services.ofNamespace);
  const near = Array.from(
    { length: 2 + (number % 3) },
    (_, i) => first + ((number + 1 + i * 7) % services.ofNamespace),
  );
  const far = (number * 7 + 3) % size;
  return [...new Set([...near, far])].filter((called) => called < size && called !== number);
}

function documents(number: number, called: readonly number[], callers: readonly number[]): string {
  const { name } = placeOf(number);
  const metadata = services.metadataOf(number);
  const hasRoute = number % 3 === 0;
  const host = `127.${String(1 + (number >> 16))}.${String((number >> 8) & 255)}.${String(number & 255)}`;
  const instance = (i: number): string =>
    `{app: "${host}:808${String(i)}", inbound: "${host}:${String(15006 + i)}", outbound: "${host}:${String(16001 + i)}", admin: "${host}:${String(17000 + i)}"}`;
  const versions = hasRoute
    ? `  versions:
    v1: {labels: {version: v1}}
    v2: {labels: {version: v2}}
  endpoints:
    v1: [${instance(1)}]
    v2: [${instance(2)}]
`
    : `  endpoints:
    default: [${instance(1)}, ${instance(2)}]
`;
  return `apiVersion: mesh/v1
kind: Service
metadata: ${metadata}
spec:
  ports: {http: {port: 80}}
  calls: [${called.map((other) => services.idOf(other)).join(', ')}]
${versions}${hasRoute ? route(name, metadata) : ''}${access(name, metadata, callers)}`;
}

function route(name: string, metadata: string): string {
  return `---
apiVersion: mesh/v1
kind: Route
metadata: ${metadata}
spec:
  service: ${name}
  rules:
    - match: [{path: {prefix: /api}, headers: {x-user: {exact: tester}}}]
      backends: [{version: v2}]
    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      timeout: 2s
`;
}

function access(name: string, metadata: string, callers: readonly number[]): string {
  const from = callers.map((caller) => `{service: ${services.idOf(caller)}}`).join(', ');
  return `---
apiVersion: mesh/v1
kind: Access
metadata: ${metadata}
spec:
  service: ${name}
  rules:
    - allow: {from: [{namespace: n0}], to: [{methods: [GET], paths: [{prefix: /healthz}]}]}
${from === '' ? '' : `    - allow: {from: [${from}]}\n`}`;
}
