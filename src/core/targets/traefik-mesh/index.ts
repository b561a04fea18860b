import { spiffeId } from '../../ir/principal.ts';
import type { SmiDialect } from '../smi-objects/dialect.ts';
import { release05 } from '../smi-objects/releases.ts';
import { smiTarget } from '../smi-objects/target.ts';
import type { Target } from '../target.ts';
import { capabilities } from './capabilities.ts';
import { notes } from './notes.ts';

const dialect: SmiDialect = {
  mesh: 'Traefik Mesh',
  release: release05,
  headers: 'list',
  splitMatches: false,
  splitsConnections: false,
  splitService: 'name',
  accessPaths: false,
  accessHeaders: false,
  // A TrafficTarget with a port opens the first port of the Service, whichever port it names.
  ports: 'none',
  targetsBy: 'matches',
  portsNarrow: true,
};

/** Traefik Mesh. */
const traefikMesh: Target = smiTarget({
  name: 'traefik-mesh',
  title: 'Traefik Mesh',
  versions: ['1.4'],
  capabilities,
  notes,
  identity: spiffeId,
  dialectOf: () => dialect,
  reader: () => import('./read/index.ts'),
  enforcedBy: '`acl: true` in its installation',
});

export default traefikMesh;
