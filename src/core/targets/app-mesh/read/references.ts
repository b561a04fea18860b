import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';

/** Returns the id (`namespace/name`) of a reference to an object, by default in the namespace of the object itself. */
export function referenceOf(field: Field, namespace: string): string | undefined {
  const name = field.at('name').text();
  const other = field.at('namespace').text();
  return name === undefined ? undefined : `${other ?? namespace}/${name}`;
}

/** Returns the name of a service as a document of a namespace says it. */
export function nameFrom(id: string, namespace: string): string {
  const [own = '', name = ''] = id.split('/');
  return own === namespace ? name : id;
}

/**
 * Returns the id of the service that a host names; undefined for a host outside of Kubernetes. A host of two parts is one
 * of Kubernetes if the second one is a namespace of the input. A variable that nobody has filled in names no service.
 */
export function idOfHost(
  host: string,
  namespace: string,
  namespaces: ReadonlySet<string>,
): string | undefined {
  const [name = '', own, ...rest] = host.toLowerCase().replace(/\.$/, '').split('.');
  if (!isDnsLabel(name)) return undefined;
  if (own === undefined) return `${namespace}/${name}`;
  const suffix = rest.join('.');
  const isService =
    suffix === 'svc' || suffix === 'svc.cluster.local' || (suffix === '' && namespaces.has(own));
  return isService ? `${own}/${name}` : undefined;
}

/** Returns a duration of App Mesh in milliseconds. */
export function millisecondsOf(field: Field): number | undefined {
  const unit = field.at('unit').text();
  const value = field.at('value').number();
  if (value === undefined) return undefined;
  return unit === 'ms' ? value : value * 1000;
}

/** Returns milliseconds as a duration of the language. */
export function durationText(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${String(milliseconds / 1000)}s` : `${String(milliseconds)}ms`;
}
