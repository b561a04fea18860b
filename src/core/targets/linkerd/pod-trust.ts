import { anchorsName } from '../certificate-objects/delegated-meshes.ts';
import type { PodTrust } from '../pod-trust.ts';

/**
 * The trust of pods with a proxy of Linkerd. A proxy reads its anchors at its start from a variable: the injector writes
 * them into the pod, and in the control plane the variable names the ConfigMap.
 */
export const podTrust: PodTrust = {
  container: 'linkerd-proxy',
  authority: { 'linkerd.io/control-plane-component': 'identity' },
  roots: {
    configMap: anchorsName,
    key: 'ca-bundle.crt',
    writtenBy: 'apply',
    variable: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
  },
};
