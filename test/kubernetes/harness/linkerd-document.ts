const lost =
  'settings.no-retries, settings.default-balancing, settings.default-connections, request.unsafe-paths';

/** Returns a mesh of one service that hands its issuer and its roots to Linkerd's identity service. */
export function linkerdDocument(namespace: string, stateNamespace: string): string {
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: anchors}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  mtls: permissive
  targets:
    cluster:
      platform: linkerd
      degrade: [${lost}]
      options: {authority: write}
      output: {kubernetes: {context: admin, stateNamespace: ${stateNamespace}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}}
`;
}
