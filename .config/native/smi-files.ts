import {
  release05,
  release06,
  releaseOfOsm,
  type SmiRelease,
} from '../../src/core/targets/smi-objects/releases.ts';

/** The files with the CRDs of SMI, of a release or as a mesh installs them. */
export interface SmiFiles {
  readonly files: readonly string[];
  readonly release: SmiRelease;
  /** The title of the types; absent if they equal those of the release. */
  readonly title?: string;
}

/** The CRDs of SMI. The files of SMI itself have no TCPRoute of 0.5, which has no fields: NGINX's file stands for it. */
export const smiFiles: Readonly<Record<string, SmiFiles>> = {
  '0.5': {
    files: [
      'smi/access.yaml',
      'smi/httproutegroup.yaml',
      'smi/split.yaml',
      'nginx-service-mesh/tcproute.yaml',
    ],
    release: release05,
    title: 'SMI 0.5',
  },
  '0.6': {
    files: ['smi/access.yaml', 'smi/httproutegroup.yaml', 'smi/split.yaml', 'smi/tcproute.yaml'],
    release: release06,
    title: 'SMI 0.6',
  },
  osm: {
    files: ['traffic_access', 'http_route_group', 'traffic_split', 'tcp_route'].map(
      (kind) => `osm/smi_${kind}.yaml`,
    ),
    release: releaseOfOsm,
  },
  'traefik-mesh': {
    files: ['access', 'specs', 'split'].map((part) => `traefik-mesh/smi-${part}.yaml`),
    release: release05,
  },
  'nginx-service-mesh': {
    files: ['httproutegroup', 'tcproute', 'trafficsplit', 'traffictarget'].map(
      (kind) => `nginx-service-mesh/${kind}.yaml`,
    ),
    release: release05,
    title: 'SMI in NGINX Service Mesh',
  },
};
