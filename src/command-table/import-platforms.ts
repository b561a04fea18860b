/** The platforms that an import reads; plain Kubernetes stands for services without a mesh. */
export const importPlatforms = [
  'kubernetes',
  'envoy',
  'istio',
  'gateway-api',
  'linkerd',
  'consul',
  'cilium',
  'kuma',
  'smi',
  'osm',
  'traefik-mesh',
  'nginx-service-mesh',
  'app-mesh',
  'gloo-mesh',
  'tsb',
] as const;

/** A platform that an import reads. */
export type ImportPlatform = (typeof importPlatforms)[number];
