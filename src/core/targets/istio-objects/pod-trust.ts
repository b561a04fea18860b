import type { PodTrust } from '../pod-trust.ts';

/**
 * The trust of pods with a proxy of Istio: sidecars, gateways, waypoints and ztunnel. istiod writes the roots that it has
 * loaded into each namespace, and hands them to a proxy with its certificate.
 */
export const podTrust: PodTrust = {
  container: 'istio-proxy',
  authority: { app: 'istiod' },
  roots: { configMap: 'istio-ca-root-cert', key: 'root-cert.pem', writtenBy: 'authority' },
};
