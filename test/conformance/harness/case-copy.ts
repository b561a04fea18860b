import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { MeshCase } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { Authority } from './authorities.ts';
import { claimNetwork } from './network.ts';

/** A copy of a case in its own folder and its own loopback network, with the files of its machine. */
export interface CaseCopy {
  readonly root: string;
  /** The network that replaces `127.1.` in addresses; the code that stops the mesh releases it. */
  readonly network: string;
  readonly ir: Ir;
  /** Signing authorities by trust domain; `outside` signs for servers outside the mesh. */
  readonly authorities: Readonly<Record<string, Authority>>;
}

/**
 * Copies a case for one run. Its addresses (127.1.x.y in the fixture) are moved to a loopback network of this run, so
 * that runs don't conflict, and its files below /etc/case to the folder of the run.
 */
export async function caseCopy(meshCase: MeshCase): Promise<CaseCopy> {
  const network = await claimNetwork();
  const root = copied(meshCase.directory, network);
  const ir = linkedMesh(root, meshCase.environment);
  const domains = [ir.trustDomain, 'partner.example', 'foreign.example', 'outside'];
  const authorities = Object.fromEntries(
    await Promise.all(domains.map(async (domain) => [domain, await Authority.of(domain)] as const)),
  );
  writeFileSync(path.join(root, 'clients-ca.pem'), authorities[ir.trustDomain]?.bundle ?? '');
  writeFileSync(path.join(root, 'outside-ca.pem'), authorities['outside']?.bundle ?? '');
  return { root, network, ir, authorities };
}

/** Returns the value with addresses of a copy's network. */
export function movedTo<T>(network: string, value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('127.1.', network)) as T;
}

/** Returns a copy of the case's files in which the loopback network and the paths of the machine are replaced. */
function copied(directory: string, network: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-case-'));
  cpSync(directory, root, { recursive: true, filter: (source) => path.basename(source) !== 'golden' });
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8')
      .replaceAll('127.1.', network)
      .replaceAll('/etc/case/', `${root}/`);
    writeFileSync(file, text);
  }
  return root;
}
