import type { ObjectName, Selection, ServedKind } from '../../ports/cluster.ts';

/** Returns the path of a group version: `/api/v1`, `/apis/networking.istio.io/v1`. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Returns the path of all objects of a kind, in one namespace if the selection names one. */
export function listPath({ apiVersion, resource, namespaced }: ServedKind, { namespace }: Selection): string {
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${groupPath(apiVersion)}${within}/${resource}`;
}

/** Returns the path of one object. */
export function objectPath(kind: ServedKind, { namespace, name }: ObjectName): string {
  return `${listPath(kind, namespace === undefined ? {} : { namespace })}/${encodeURIComponent(name)}`;
}

/** Returns the words for a kind in a request: `virtualservices.networking.istio.io in namespace shop`. */
export function resourceWords({ apiVersion, resource, namespaced }: ServedKind, namespace?: string): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${resource}${group}${namespaced && namespace !== undefined ? ` in namespace ${namespace}` : ''}`;
}
