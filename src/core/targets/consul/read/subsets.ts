import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Version } from '../../../spec/types.gen.ts';
import { isVersionName } from './conditions.ts';

/** Returns true for a subset that no instance is in, since each has an ID: calls to it get 503. */
export function isEmptySubset(subset: Field): boolean {
  return /^\s*Service\.ID\s*==\s*""\s*$/.test(String(subset.at('filter').value));
}

/** Returns the versions that the subsets of a resolver are. */
export function readSubsets(subsets: Field | undefined): Readonly<Record<string, Version>> {
  const versions: Record<string, Version> = {};
  if (subsets?.isPresent !== true) return versions;
  for (const [name, subset] of subsets.entries()) {
    subset
      .at('onlyPassing')
      .withoutEffect('an instance that is not healthy gets no calls in the mesh anyway');
    const filter = subset.at('filter');
    if (isEmptySubset(subset)) {
      filter.withoutEffect('no instance is in the subset, so that it is no version: routes to it get 503');
      continue;
    }
    const text = filter.text() ?? '';
    const [, key, value] = /^\s*Service\.Meta\.([A-Za-z]\w*)\s*==\s*"?([\w.-]+)"?\s*$/.exec(text) ?? [];
    if (!isVersionName(name)) {
      subset.lost({
        callers: 'there is no version of this name: routes that name the subset send to all instances',
      });
      continue;
    }
    if (key === undefined || value === undefined) {
      filter.lost({
        callers: 'the version is known by the label `consul-subset`, which its pods have to get',
      });
      versions[name] = { labels: { 'consul-subset': name } };
      continue;
    }
    filter.differently({
      callers: 'instances of the version are found by a label of their pods, not by metadata',
    });
    versions[name] = { labels: { [key]: value } };
  }
  return versions;
}

/** Returns true for a subset of a resolver in which no instance is: Consul answers 503 itself. */
export function leadsNowhere(resolver: NativeDocument | undefined, subset: string | undefined): boolean {
  const spec = resolver?.root.at('spec');
  if (spec === undefined || subset === undefined || spec.at('redirect').isPresent) return false;
  const chosen = spec.along('subsets', subset);
  return chosen.isPresent && isEmptySubset(chosen);
}
