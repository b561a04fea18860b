import type { Field } from '../../../../import/field.ts';
import { noLimits } from './app-clusters.ts';
import { forwardForm, protocolForm } from './clusters.ts';
import { hole, maybe } from './forms.ts';
import { namesOf } from './outbound.ts';
import type { Reading } from './reading.ts';
import type { ReadScope } from './scopes.ts';

/** Reads a cluster that is none of a service; returns false for one that the reader has no form for. */
export function readOtherCluster(reading: Reading, name: string, cluster: Field): boolean {
  if (name !== 'unknown-hosts') return false;
  const got = reading.take(cluster, {
    '@type': hole('type'),
    name,
    cluster_type: forwardForm,
    lb_policy: 'CLUSTER_PROVIDED',
    connect_timeout: '5s',
    circuit_breakers: noLimits,
    typed_extension_protocol_options: protocolForm,
  });
  reading.take(got.idle, '3600s');
  reading.take(got.follows, true);
  reading.take(got.http1, {});
  for (const more of [got.requests, got.http2]) if (more.isPresent) reading.report(more, 'no such field');
  return true;
}

/**
 * Reads the virtual hosts that no service has: with them, calls to hosts that nothing names pass, and names of the mesh that lead
 * nowhere stay 404. All callers agree on whether such calls pass.
 */
export function egressOf(reading: Reading, scopes: readonly ReadScope[]): 'allow' | 'deny' {
  const read = scopes.map(({ name, table }) => {
    const isOwn = name.replace(/@.*$/, '').includes('.');
    const known = isOwn ? table.services : undefined;
    return { table, passes: readRest(reading, table.others, known) };
  });
  const [first] = read;
  for (const other of read)
    if (other.passes !== first?.passes)
      reading.disagree(
        'calls to hosts that nothing names',
        first?.table.field ?? other.table.field,
        other.table.field,
      );
  return first?.passes === true ? 'allow' : 'deny';
}

function readRest(
  reading: Reading,
  hosts: readonly Field[],
  declared: ReadonlySet<string> | undefined,
): boolean {
  let passes = false;
  const nowhere = new Set<string>();
  for (const host of hosts) {
    const { name, domains, routes, config } = reading.take(host, {
      name: hole('name'),
      domains: hole('domains'),
      typed_per_filter_config: maybe('config'),
      routes: hole('routes'),
    });
    name.withoutEffect('it is a name in logs');
    if (config.isPresent) reading.report(config, 'no such field');
    const texts = domains.texts() ?? [];
    const list = routes.items();
    if (texts.join() === '*') {
      passes = true;
      if (list.length !== 1) reading.report(routes, 'one route to the host of the request');
      for (const route of list.slice(0, 1)) readPass(reading, route);
    } else if (list.length === 0) for (const text of texts) nowhere.add(text);
    else reading.report(host, 'a host of the mesh, which this reader has no form for');
  }
  if (!passes && nowhere.size > 0)
    for (const host of hosts.slice(0, 1)) reading.report(host, 'a service for the host');
  const [first] = hosts;
  if (first !== undefined) checkNames(reading, first, nowhere);
  if (passes) checkNowhere(reading, hosts, nowhere, declared);
  return passes;
}

/** Checks that the hosts which lead nowhere are names of the mesh. */
function checkNames({ inventory, report }: Reading, field: Field, nowhere: ReadonlySet<string>): void {
  const known = new Set(
    inventory.services.flatMap((service) => namesOf(service).flatMap((name) => [name, `${name}:*`])),
  );
  for (const text of nowhere) if (!known.has(text)) report(field, `no answer for the host ${text}`);
}

/** Names of the mesh with another port lead nowhere, and never to a host outside. */
function checkNowhere(
  reading: Reading,
  hosts: readonly Field[],
  nowhere: ReadonlySet<string>,
  declared: ReadonlySet<string> | undefined,
): void {
  const { services } = reading.inventory;
  // A host that a caller does not declare may be one like any other for it.
  const named = services.filter(
    ({ namespace, name }) => declared === undefined || declared.has(`${namespace}/${name}`),
  );
  for (const service of named)
    for (const name of namesOf(service).slice(1))
      if (!nowhere.has(`${name}:*`))
        reading.report(hosts[0] as Field, `404 for the host ${name} with other ports`);
}

function readPass(reading: Reading, route: Field): void {
  const { timeout } = reading.take(route, {
    name: 'unknown-hosts',
    match: { prefix: '/' },
    route: { cluster: 'unknown-hosts', timeout: hole('timeout') },
  });
  reading.unknownHostTimeouts.push(timeout);
}
