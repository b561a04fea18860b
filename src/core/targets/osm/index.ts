import type { Principal } from '../../ir/principal.ts';
import type { SmiDialect } from '../smi-objects/dialect.ts';
import { releaseOfOsm } from '../smi-objects/releases.ts';
import { smiTarget } from '../smi-objects/target.ts';
import type { Target } from '../target.ts';
import { capabilities } from './capabilities.ts';
import { notes } from './notes.ts';

const dialect: SmiDialect = {
  mesh: 'Open Service Mesh',
  release: releaseOfOsm,
  headers: 'list',
  splitMatches: false,
  splitsConnections: true,
  splitService: 'host',
  accessPaths: true,
  // The Envoy of Open Service Mesh has its built-in limit, and refuses all routes of a port because of one pattern.
  largestProgram: 100,
  accessHeaders: true,
  ports: 'TCPRoute',
  portsNarrow: true,
};

/** Open Service Mesh. */
const osm: Target = smiTarget({
  name: 'osm',
  title: 'Open Service Mesh',
  versions: ['1.2'],
  capabilities,
  notes,
  identity,
  dialectOf: () => dialect,
  reader: () => import('./read/index.ts'),
  enforcedBy: '`enablePermissiveTrafficPolicyMode: false` in its MeshConfig',
});

export default osm;

/** The common name of a certificate of Open Service Mesh. */
function identity({ serviceAccount, namespace, trustDomain }: Principal): string {
  return `${serviceAccount}.${namespace}.${trustDomain}`;
}
