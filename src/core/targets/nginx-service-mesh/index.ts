import { spiffeId } from '../../ir/principal.ts';
import type { SmiDialect } from '../smi-objects/dialect.ts';
import { release05 } from '../smi-objects/releases.ts';
import { smiTarget } from '../smi-objects/target.ts';
import type { Target } from '../target.ts';
import { capabilities } from './capabilities.ts';
import { notes } from './notes.ts';

const dialect: SmiDialect = {
  mesh: 'NGINX Service Mesh',
  release: release05,
  headers: 'map',
  splitMatches: true,
  splitsConnections: false,
  splitService: 'name',
  accessPaths: true,
  accessHeaders: false,
  ports: 'destination',
  portsNarrow: true,
};

/** NGINX Service Mesh. */
const nginxServiceMesh: Target = smiTarget({
  name: 'nginx-service-mesh',
  title: 'NGINX Service Mesh',
  versions: ['2.0'],
  capabilities,
  notes,
  identity: spiffeId,
  dialectOf: () => dialect,
  reader: () => import('./read/index.ts'),
  enforcedBy: '`accessControlMode: deny` in its MeshConfig',
});

export default nginxServiceMesh;
