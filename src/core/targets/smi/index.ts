import { spiffeId } from '../../ir/principal.ts';
import type { SmiDialect } from '../smi-objects/dialect.ts';
import { release05, release06 } from '../smi-objects/releases.ts';
import { smiTarget } from '../smi-objects/target.ts';
import type { Target } from '../target.ts';
import { capabilities } from './capabilities.ts';
import { notes } from './notes.ts';

const common = {
  mesh: 'SMI',
  headers: 'list',
  splitMatches: true,
  splitsConnections: false,
  splitService: 'name',
  accessPaths: true,
  accessHeaders: false,
  portsNarrow: false,
} as const;

const dialects: Readonly<Record<string, SmiDialect>> = {
  '0.5': { ...common, release: release05, ports: 'destination' },
  '0.6': { ...common, release: release06, ports: 'TCPRoute' },
};
const newest: SmiDialect = { ...common, release: release06, ports: 'TCPRoute' };

/** The Service Mesh Interface, for any mesh that implements a release of it. */
const smi: Target = smiTarget({
  name: 'smi',
  title: 'SMI',
  versions: ['0.5', '0.6'],
  capabilities,
  notes,
  identity: spiffeId,
  dialectOf: (version) => dialects[version.split('.').slice(0, 2).join('.')] ?? newest,
  reader: () => import('./read/index.ts'),
  enforcedBy: 'access control of SMI turned on',
});

export default smi;
