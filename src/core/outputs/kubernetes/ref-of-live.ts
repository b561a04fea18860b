import type { LiveObject } from '../../../ports/cluster.ts';
import type { Member } from './inventory.ts';

/** Returns the name of an object of a cluster in plans: `<group>/<Kind>/<namespace>/<name>`. */
export function refOfLive({ apiVersion, kind, metadata: { namespace, name } }: LiveObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
  return [group, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

/** Returns the member that an object of a cluster is. */
export function memberOfLive(live: LiveObject): Member {
  const { apiVersion, kind, metadata } = live;
  const { namespace, name, uid } = metadata;
  return {
    ref: refOfLive(live),
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(uid !== undefined && { uid }),
  };
}
