import type { Platform } from '../ir/target-config.ts';
import type { Target } from './target.ts';

/** Every target that is built; a target is loaded only when a mesh names it. */
export const targets = {
  envoy: () => import('./envoy/index.ts'),
  istio: () => import('./istio/index.ts'),
  'gateway-api': () => import('./gateway-api/index.ts'),
  linkerd: () => import('./linkerd/index.ts'),
  consul: () => import('./consul/index.ts'),
  cilium: () => import('./cilium/index.ts'),
  kuma: () => import('./kuma/index.ts'),
  smi: () => import('./smi/index.ts'),
  osm: () => import('./osm/index.ts'),
  'traefik-mesh': () => import('./traefik-mesh/index.ts'),
  'nginx-service-mesh': () => import('./nginx-service-mesh/index.ts'),
  'app-mesh': () => import('./app-mesh/index.ts'),
  'gloo-mesh': () => import('./gloo-mesh/index.ts'),
  tsb: () => import('./tsb/index.ts'),
} satisfies Readonly<Record<Platform, () => Promise<{ readonly default: Target }>>>;
