import { sha256 } from '../../lib/sha256.ts';
import type { Spec } from '../../spec/spec.ts';

/** Returns the id of an instance from its parts: namespace, service, version (not at gateways), and its own part. */
export type InstanceId = (parts: readonly string[]) => string;

/**
 * Returns a function that makes unique DNS labels: the parts joined, with a digest if the label is too long or not
 * unique.
 */
export function instanceIds(spec: Spec): InstanceId {
  const times = new Map<string, number>();
  for (const parts of allParts(spec)) {
    const whole = parts.join('-');
    times.set(whole, (times.get(whole) ?? 0) + 1);
  }
  return (parts) => {
    const whole = parts.join('-');
    if (whole.length <= 63 && (times.get(whole) ?? 0) < 2) return whole;
    return `${whole.slice(0, 52).replace(/-+$/, '')}-${sha256(parts.join('/')).slice(0, 10)}`;
  };
}

/**
 * Returns the part of an id that distinguishes an instance within its list: its name, which begins with a letter, or
 * else its position.
 */
export function instancePart(
  endpoint: string | { readonly name?: string | undefined },
  position: number,
): string {
  return (typeof endpoint === 'string' ? undefined : endpoint.name) ?? String(position);
}

function allParts(spec: Spec): readonly (readonly string[])[] {
  const services = spec.services.flatMap(({ namespace, name, value }) =>
    Object.entries(value.spec.endpoints ?? {}).flatMap(([version, list]) =>
      list.map((endpoint, position) => [namespace, name, version, instancePart(endpoint, position)]),
    ),
  );
  const gateways = spec.gateways.flatMap(({ namespace, name, value }) =>
    (value.spec.endpoints ?? []).map((endpoint, position) => [
      namespace,
      name,
      instancePart(endpoint, position),
    ]),
  );
  return [...services, ...gateways];
}
