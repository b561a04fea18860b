import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { ServiceDocument } from '../../spec/types.gen.ts';
import type { Version } from '../service.ts';
import { instancesOf } from './instances.ts';
import type { Linking } from './linking.ts';
import { type DeclaredPort, titleOf } from './ports.ts';
import { entriesOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2015: {
    severity: 'error',
    text: '{owner} has no version {name}{hint}',
    explanation:
      'Versions are declared in `versions` of the Service; without any there is one, called `default`. An External has none.',
  },
});

/** Returns the versions of a service, sorted by name, with their declared instances. */
export function versionsOf(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  ports: readonly DeclaredPort[],
): readonly Version[] {
  const { versions, endpoints } = service.value.spec;
  const specAt: SpecPlace = { container: service.value, key: 'spec' };
  const declared =
    versions === undefined
      ? [{ name: 'default', labels: {}, at: specAt }]
      : entriesOf(versions).map(([name, { labels }, at]) => ({ name, labels: labels ?? {}, at }));
  const names = declared.map(({ name }) => name);
  for (const [name, , at] of entriesOf(endpoints)) {
    if (names.includes(name)) continue;
    reportUnknownVersion(linking, titleOf('Service', `${service.namespace}/${service.name}`), names, name, {
      ...at,
      part: 'key',
    });
  }
  return declared.map(({ name, labels, at }) => ({
    origin: originOfWritten(at),
    name,
    labels,
    ...(endpoints !== undefined && {
      instances: instancesOf(linking, service, name, ports, endpoints[name] ?? []),
    }),
  }));
}

/**
 * Reports that `owner` has no version of this name. Suggests none of `taken`, the versions of the backends beside it: a
 * rule names each once.
 */
export function reportUnknownVersion(
  linking: Pick<Linking, 'report'>,
  owner: string,
  versions: readonly string[],
  name: string,
  at: SpecPlace,
  taken: readonly unknown[] = [],
): void {
  const free = versions.filter((version) => !taken.includes(version));
  const { hint, details } = suggestion(linking.report, { name, ...at }, name, free);
  const listed = hint === '' && versions.length > 0 ? shown(owner, versions, name) : hint;
  linking.report(finding(messages, 'MESH2015', locationOf(at), { owner, name, hint: listed }, details));
}

/** Returns the versions that a service has, and the way to declare one if it declares none. */
function shown(owner: string, versions: readonly string[], name: string): string {
  const isUndeclared = versions.length === 1 && versions[0] === 'default';
  return isUndeclared && owner.startsWith('Service ')
    ? `: it declares none; write versions: {${name}: {}} there`
    : ` (it has ${versions.slice(0, 5).join(', ')})`;
}
