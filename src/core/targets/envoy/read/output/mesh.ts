import type { ReadDocument } from '../../../../import/read-document.ts';
import type { ReadMesh } from '../../../../import/reader.ts';
import type { MeshSpec } from '../../../../spec/types.gen.ts';
import { accessDocuments } from './access-documents.ts';
import { authenticationDocuments } from './authentication-documents.ts';
import { readGateways } from './gateways.ts';
import { type ReadPort, readAllInbound } from './inbound-routes.ts';
import { readProxies } from './proxies.ts';
import type { Reading } from './reading.ts';
import { routeDocuments } from './route-documents.ts';
import { readTables } from './scopes.ts';
import { backendOf, readClusters } from './service-clusters.ts';
import { serviceDocuments } from './service-documents.ts';
import { readServices } from './services.ts';
import { readStreams, streamDocuments } from './stream-listeners.ts';
import { readUnusedTrust } from './tls.ts';
import { egressOf, readOtherCluster } from './unknown-hosts.ts';
import { readTime } from './values.ts';

/** Returns the mesh that the files of all proxies describe. */
export function meshOf(reading: Reading): ReadMesh {
  const proxies = readProxies(reading);
  const services = readServices(reading, proxies);
  const { calls, apps } = readClusters(reading, proxies, (name, cluster) =>
    readOtherCluster(reading, name, cluster),
  );
  const inbound = readAllInbound(reading, services);
  const tables = readTables(reading, services, (name) => backendOf(reading, name));
  const streams = readStreams(reading, services, (name) => backendOf(reading, name));
  const access = accessDocuments(services, inbound);
  const gateways = readGateways(reading, proxies, (name) => backendOf(reading, name));
  readUnusedTrust(reading);
  checkManagers(reading);
  const known = new Set(apps.map(({ name }) => name));
  const running = new Set(services.filter(({ instances }) => instances.length > 0).map(({ id }) => id));
  for (const { name, id, field } of reading.applications)
    if (running.has(id) && !known.has(name)) reading.report(field, 'a cluster of the proxy');
  reading.reportUnused();
  const documents: readonly ReadDocument[] = [
    ...serviceDocuments(reading, { services, calls, apps, inbound, tables, streams }),
    ...routeDocuments(reading, tables),
    ...streamDocuments(streams),
    ...authenticationDocuments(reading, services, inbound),
    ...access.documents,
    ...gateways,
  ];
  const mesh: Partial<MeshSpec> = {
    mtls: 'strict',
    access: access.posture,
    egress: egressOf(reading, tables),
    ...federation(reading, inbound),
    ...unknownHostTimeout(reading),
  };
  return { documents, mesh };
}

/** Returns the trust domains of which callers are taken beside those of the mesh; all servers take the same. */
function federation(reading: Reading, ports: ReadonlyMap<string, ReadPort>): Pick<MeshSpec, 'certificates'> {
  const read = [...ports.values()].filter(({ domains }) => domains.length > 0);
  const [first] = read;
  if (first === undefined) return {};
  if (first.domains[0] !== reading.trustDomain) reading.report(first.field, 'the trust domain of the mesh');
  for (const other of read)
    if (other.domains.join() !== first.domains.join())
      reading.disagree('the trust domains of callers', first.field, other.field);
  const others = first.domains.slice(1);
  if (others.length === 0) return {};
  return {
    certificates: { federation: Object.fromEntries(others.map((one) => [one, { bundle: `${one}.pem` }])) },
  };
}

/** Checks that every manager which doesn't answer health checks removes their mark, so that proxies alone mark them. */
function checkManagers(reading: Reading): void {
  const hasChecks = reading.managers.some(({ answersChecks }) => answersChecks);
  for (const { field, removesCheckHeader, answersChecks } of reading.managers)
    if (removesCheckHeader !== (hasChecks && !answersChecks))
      reading.report(field, 'the mark of health checks to be removed where none is answered');
}

/** Calls to hosts that nothing names have the time that the Mesh says. */
function unknownHostTimeout(reading: Reading): Pick<MeshSpec, 'defaults'> {
  const [first, ...others] = reading.unknownHostTimeouts;
  if (first === undefined) return {};
  const timeout = readTime(reading, first);
  for (const other of others)
    if (readTime(reading, other) !== timeout)
      reading.disagree('calls to hosts that nothing names', first, other);
  return { defaults: { timeout } };
}
