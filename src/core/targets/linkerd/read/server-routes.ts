import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Authorizations } from './authorizations.ts';
import { type PolicyMatch, readPolicyMatches } from './policy-matches.ts';
import { byName } from './route-parents.ts';

/** Returns the matches of the routes of each Server, by `NAMESPACE/NAME`. */
export function readServerRoutes(
  documents: readonly NativeDocument[],
  authorizations: Authorizations,
  context: ReadContext,
): ReadonlyMap<string, readonly PolicyMatch[]> {
  const matches = new Map<string, readonly PolicyMatch[]>();
  for (const document of byName(documents)) {
    const { root, kind, name } = document;
    const namespace = context.namespaceOf(document);
    const spec = root.at('spec');
    const callers = authorizations.atRoute(kind, namespace, name);
    for (const host of spec.at('hostnames').items())
      host.differently({ callers: 'the rules hold for every host of the requests', access: 'narrower' });
    const hasHosts = spec.at('hostnames').items().length > 0;
    const own = spec
      .at('rules')
      .items()
      .flatMap((rule) => {
        markRest(rule);
        return readPolicyMatches(rule, kind, hasHosts ? [] : callers);
      });
    for (const ref of spec.at('parentRefs').items()) {
      const server = readServerRef(ref, namespace);
      if (server !== undefined) matches.set(server, [...(matches.get(server) ?? []), ...own]);
    }
  }
  return matches;
}

function readServerRef(ref: Field, namespace: string): string | undefined {
  ref.at('group').text();
  const kind = ref.at('kind').text();
  const name = ref.at('name').text() ?? '';
  const own = ref.at('namespace').text() ?? namespace;
  ref.at('port').withoutEffect('a Server has one port');
  ref.at('sectionName').withoutEffect('a Server has no sections');
  if (kind === 'Server') return `${own}/${name}`;
  ref.lost({ callers: 'a route at a Server and elsewhere is read for the Server alone' });
  return undefined;
}

/** A route at a Server says who may call: it sends nothing elsewhere. */
function markRest(rule: Field): void {
  rule.at('name').withoutEffect('names of rules stand in statuses alone');
  rule
    .at('filters')
    .lost({ callers: 'requests and answers stay as they are: write the change into a Route' });
  rule.at('backendRefs').withoutEffect('a route at a Server sends requests to this server');
  rule.at('timeouts').lost({ callers: 'the time of these requests is that of the Service' });
}
