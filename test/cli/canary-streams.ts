import { Random } from '../canary/simulator/random.ts';
import type { Scenario } from '../canary/simulator/scenario.ts';
import { stream } from '../canary/simulator/stream.ts';

/** A mesh with one Rollout from v1 to v2, at 10 % before 100 %. */
export const rolloutMesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  access: allow
  targets: {prod: {platform: istio}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec:
  service: reviews
  from: v1
  to: v2
  steps: [10%, 100%]
  judge: {source: scrape}
`;

/** Returns a simulated stream as the text of a file. */
export function streamText(scenario: Scenario, index = 0): string {
  const readings = [...stream(scenario, new Random('cli', index))];
  return readings.flatMap((lines) => lines.map((line) => `${JSON.stringify(line)}\n`)).join('');
}
