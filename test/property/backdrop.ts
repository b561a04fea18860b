import { parseAllDocuments } from 'yaml';

const text = `
apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets: {local: {platform: envoy, output: {directory: out/local}}}
  clusters: {eu: {region: eu-west-1}, us: {region: us-east-1}}
---
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  versions: {v1: {labels: {version: v1}}, v2: {labels: {version: v2}}}
  endpoints:
    v1: [{app: "10.0.0.1:9080", inbound: "10.0.0.1:15006", outbound: "127.0.0.1:21001", admin: "127.0.0.1:21000"}]
    v2: [{app: "10.0.0.2:9080", inbound: "10.0.0.2:15006", outbound: "127.0.0.1:22001", admin: "127.0.0.1:22000"}]
  clusters: [eu]
---
kind: Service
metadata: {name: ratings, namespace: shop}
spec: {ports: {http: {port: 80}, tcp: {port: 9000}}, versions: {v1: {}, v2: {}}}
---
kind: Service
metadata: {name: payments, namespace: shop}
spec: {ports: {http: {port: 80}, grpc: {port: 9090}}, versions: {v1: {}, v2: {}}}
---
kind: Service
metadata: {name: checkout, namespace: shop}
spec: {endpoints: {default: [{outbound: "127.0.0.1:23001", admin: "127.0.0.1:23000"}]}}
---
kind: Service
metadata: {name: productpage, namespace: shop}
spec: {ports: {http: {port: 80}}, calls: [reviews, bank]}
---
kind: Service
metadata: {name: otel, namespace: infra}
spec: {ports: {grpc: {port: 4317}}}
---
kind: Service
metadata: {name: ratelimit, namespace: infra}
spec: {ports: {grpc: {port: 8081}}}
---
kind: External
metadata: {name: bank, namespace: shop}
spec: {hosts: [api.bank.example], ports: {http: {port: 443}}, tls: {}}
---
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  endpoints: [{address: 10.0.0.9, admin: "127.0.0.1:24000"}]
  listeners: {web: {port: 80, protocol: http}, secure: {port: 443, protocol: https, tls: {certificate: {issued: true}}}}
---
kind: Gateway
metadata: {name: public, namespace: infra}
spec: {endpoints: [{address: 10.0.0.10, admin: "127.0.0.1:25000"}], listeners: {web: {port: 80, protocol: http}}}
---
kind: Profile
metadata: {name: gold}
spec: {settings: {timeout: 3s}}
---
kind: Profile
metadata: {name: batch}
spec: {settings: {retries: {attempts: 1}}}
`;

/** A mesh with the names that the examples of the schemas use; its Mesh is the first document. */
export const backdrop = parseAllDocuments(text).map((document) => ({
  apiVersion: 'mesh/v1',
  ...(document.toJS() as Readonly<Record<string, unknown>>),
}));
