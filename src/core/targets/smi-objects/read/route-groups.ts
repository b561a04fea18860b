import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { GroupMatch, PatternReading } from './group-match.ts';
import { readMatch } from './match.ts';

/** The HTTPRouteGroups and TCPRoutes of the input, each read when an object names it. */
export class RouteGroups {
  readonly #documents: ReadonlyMap<string, NativeDocument>;
  readonly #patterns: PatternReading;
  readonly #matches = new Map<string, ReadonlyMap<string, GroupMatch>>();
  readonly #ports = new Map<string, readonly number[]>();

  constructor(
    documents: readonly NativeDocument[],
    namespaceOf: (document: NativeDocument) => string,
    patterns: PatternReading,
  ) {
    this.#documents = new Map(
      documents
        .filter(({ group }) => group === 'specs.smi-spec.io')
        .map((one) => [`${one.kind} ${namespaceOf(one)}/${one.name}`, one]),
    );
    this.#patterns = patterns;
  }

  /** Returns the matches of an HTTPRouteGroup by name; undefined if there is no such object. */
  matches(namespace: string, name: string): ReadonlyMap<string, GroupMatch> | undefined {
    const key = `HTTPRouteGroup ${namespace}/${name}`;
    const known = this.#matches.get(key);
    const document = this.#documents.get(key);
    if (known !== undefined || document === undefined) return known;
    const made = new Map(
      listOf(document)
        .items()
        .map((match) => [match.at('name').text() ?? '', readMatch(match, this.#patterns)] as const),
    );
    this.#matches.set(key, made);
    return made;
  }

  /** Returns the ports of a TCPRoute, an empty list for all; undefined if there is no such object. */
  ports(namespace: string, name: string): readonly number[] | undefined {
    const key = `TCPRoute ${namespace}/${name}`;
    const known = this.#ports.get(key);
    const document = this.#documents.get(key);
    if (known !== undefined || document === undefined) return known;
    const { root } = document;
    const list = root.along('spec', 'matches', 'ports');
    const made = list.items().flatMap((item) => item.port() ?? []);
    for (const field of [root.along('spec', 'matches', 'name'), root.at('spec'), root.at('matches')])
      if (!list.isPresent) field.withoutEffect('it has no ports, and so stands for all connections');
    root.along('spec', 'matches', 'name').withoutEffect('no object names it');
    this.#ports.set(key, made);
    return made;
  }

  /** Accounts for the objects that no other object names. */
  leaveOthers(): void {
    for (const [key, { root }] of this.#documents) {
      if (this.#matches.has(key) || this.#ports.has(key)) continue;
      for (const name of ['spec', 'matches'])
        root.at(name).withoutEffect('no TrafficTarget and no TrafficSplit names the object');
    }
  }
}

/** Returns the list of matches, which older versions have outside of `spec`. */
function listOf({ root }: NativeDocument): Field {
  const list = root.along('spec', 'matches');
  return list.isPresent ? list : root.at('matches');
}
