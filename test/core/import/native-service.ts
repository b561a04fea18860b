/** The fields in which a Service of Kubernetes and its pods differ from the plain ones. */
interface Differences {
  readonly namespace?: string;
  /** The service account of its pods; if absent, the service's name. */
  readonly account?: string;
  /** The list of ports in YAML. */
  readonly ports?: string;
}

/** Returns a Service of Kubernetes in the namespace `shop` on port 80, and the Deployment of its pods. */
export function nativeService(
  name: string,
  { namespace = 'shop', account = name, ports = '[{name: http, port: 80}]' }: Differences = {},
): string {
  return `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: ${ports}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${account}}}}
---
`;
}
