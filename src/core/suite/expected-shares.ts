import { findNamed } from '../explain/request/find-named.ts';
import type { Ir } from '../ir/ir.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { own } from '../lib/own.ts';
import type { Share } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';

/** A destination that an expectation names: a service or an External, in one version or in all. */
export interface Destination {
  readonly service: string;
  readonly version?: string;
}

/**
 * Returns the destination that a key of `backends` or `mirrors` names: a version of the service that is asked,
 * SERVICE@VERSION, or a service or External. Returns the reason if the mesh has none.
 */
export function destinationOf(
  key: string,
  { to }: Pick<Request, 'to'>,
  ir: Ir,
): Destination | { readonly problem: string } {
  const asked = to.type === 'service' ? own(ir.services, to.id) : undefined;
  const at = key.indexOf('@');
  if (at < 0 && asked?.versions.some(({ name }) => name === key)) return { service: asked.id, version: key };
  const reference = at < 0 ? key : key.slice(0, at);
  const namespaces = [to.id.slice(0, Math.max(to.id.indexOf('/'), 0)), 'default'];
  const found = findNamed(reference, 'service', [ir.services, ir.externals], namespaces);
  if ('problem' in found) {
    const versions = asked?.versions.map(({ name }) => name) ?? [];
    if (at >= 0 || asked === undefined) return found;
    return { problem: `${asked.id} has no version "${key}"${didYouMean(key, versions)}` };
  }
  if (at < 0) return { service: found.id };
  const version = key.slice(at + 1);
  const versions = own(ir.services, found.id)?.versions.map(({ name }) => name) ?? [];
  if (versions.includes(version)) return { service: found.id, version };
  return { problem: `${found.id} has no version "${version}"${didYouMean(version, versions)}` };
}

/** Returns true if a share of an outcome goes to a destination. */
export function goesTo({ service, version }: Pick<Share, 'service' | 'version'>, to: Destination): boolean {
  return service === to.service && (to.version === undefined || to.version === version);
}
