import { readSuites } from '../../../src/core/suite/read-suites.ts';
import { linkedSources } from '../../cases/linked-mesh.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A shop with a Route of three rules and an Access of three, each at a known line. */
const files = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example}
`,
  'services.yaml': `apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {calls: [reviews]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: batch, namespace: shop}
spec: {calls: []}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
  endpoints: {v1: ["10.0.0.1:80"], v2: ["10.0.0.2:80"]}
`,
  'routes.yaml': `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - name: testers
      match: [{headers: {x-user: {exact: tester}}}]
      backends: [{version: v2}]
      timeout: 2s
      retries: {attempts: 2, on: [reset, 503]}
      headers: {request: {set: {x-mesh: "1"}}}
    - name: old
      match: [{path: {prefix: /old}}]
      redirect: {path: /new}
    - name: everybody
      backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      mirror: [{version: v2, percent: 5%}]
      fault: {delay: {duration: 2s, percent: 1%}}
      rateLimit: {requests: 10, per: 1s}
`,
  'access.yaml': `apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - allow: {from: [{service: web}]}
    - allow: {from: [{service: batch}], to: [{methods: [GET]}]}
    - deny: {from: [{service: web}], to: [{paths: [{prefix: /admin}]}]}
`,
};

/** The linked shop. */
export const shop = linkedSources({
  sources: Object.entries(files).map(([file, text]) => ({ file, bytes: bytes(text) })),
  unreadable: [],
});

/** Reads the suites of a text in the shop. */
export function suitesOf(text: string): ReturnType<typeof readSuites> {
  return readSuites({ file: 'suite.yaml', bytes: bytes(text) }, shop);
}

/** Returns a suite of tests in flow style, with web and reviews as its defaults. */
export function suiteText(...tests: readonly string[]): string {
  return `apiVersion: mesh.test/v1
kind: Suite
spec:
  defaults: {from: shop/web, to: shop/reviews}
  tests:
${tests.map((test) => `    - ${test}\n`).join('')}`;
}
