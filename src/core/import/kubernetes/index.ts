import type { Reader } from '../reader.ts';

/**
 * Reads plain Kubernetes manifests alone: all services are open, callers without an identity included, since nothing refuses
 * calls yet. The services and Ingresses come from the import, as for every platform on Kubernetes.
 */
const reader: Reader = {
  usesKubernetes: true,
  takes: () => false,
  read: () => ({
    documents: [],
    mesh: { mtls: 'permissive', access: 'allow', egress: 'allow', defaults: { timeout: '0s' } },
  }),
};

export default reader;
