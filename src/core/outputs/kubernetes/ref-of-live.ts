import type { LiveObject } from '../../../ports/cluster.ts';

/** Returns the name of an object of a cluster in plans: `<group>/<Kind>/<namespace>/<name>`. */
export function refOfLive({ apiVersion, kind, metadata: { namespace, name } }: LiveObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
  return [group, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}
