/** Returns a service with two versions, its Route, and a Rollout whose three steps hold so many seconds. */
export function rolloutDocuments(
  namespace: string,
  [first, second, last]: readonly [number, number, number],
): string {
  return `---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}, versions: {v1: {}, v2: {}}}
---
apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: ${namespace}}
spec: {service: reviews, rules: [{backends: [{version: v1}]}]}
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: ${namespace}}
spec:
  service: reviews
  from: v1
  to: v2
  pace: fixed
  steps: [{weight: 5%, hold: ${first}s}, {weight: 20%, hold: ${second}s}, {weight: 100%, hold: ${last}s}]
  judge: {source: prometheus, interval: 1s}
`;
}
