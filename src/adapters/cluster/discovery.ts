import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import type { ServedKind } from '../../ports/cluster.ts';
import { groupPath } from './api-path.ts';
import { groupVersions } from './group-versions.ts';

/** Sends a GET; resolves with undefined for 404. */
type Get = (request: {
  readonly path: string;
  readonly what: string;
  readonly accept?: string;
}) => Promise<Json | undefined>;

/** The kinds of all group versions at one time. */
interface Listed {
  /** By group version; undefined if the server has no recent answer of its own extension server. */
  readonly kinds: ReadonlyMap<string, readonly ServedKind[] | undefined>;
  /** Milliseconds of the monotonic clock. */
  readonly at: number;
}

/**
 * The kinds that an API server serves. One answer has those of all API groups; the core group, older servers, and kinds
 * that aren't in that answer are asked for by group version.
 */
export class Discovery {
  readonly #get: Get;
  readonly #groups = new Map<string, Promise<readonly ServedKind[]>>();
  #listed: Promise<Listed | undefined> | undefined;

  constructor(get: Get) {
    this.#get = get;
  }

  /** Returns undefined if the server serves no such kind. */
  async served(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const wanted = (kinds: readonly ServedKind[] | undefined): ServedKind | undefined =>
      kinds?.find((one) => one.kind === kind);
    if (apiVersion.includes('/') && !this.#groups.has(apiVersion)) {
      const listed = await this.#list();
      const found = wanted(listed?.kinds.get(apiVersion));
      if (found !== undefined) return found;
      const isStale = listed?.kinds.has(apiVersion) && listed.kinds.get(apiVersion) === undefined;
      if (listed !== undefined && !isStale && performance.now() - listed.at < listedLately) return undefined;
    }
    const known = this.#groups.get(apiVersion) ?? this.#ofGroup(apiVersion);
    this.#groups.set(apiVersion, known);
    const found = wanted(await known);
    // Forget a group without the kind: its CRD may be created later.
    if (found === undefined) this.#groups.delete(apiVersion);
    return found;
  }

  /** Returns the kinds of the API groups that `wants` returns true for, each of its first version. */
  async kinds(wants: (group: string) => boolean): Promise<readonly ServedKind[]> {
    const listed = (await this.#list())?.kinds ?? new Map<string, readonly ServedKind[] | undefined>();
    const versions =
      listed.size > 0
        ? [...listed.keys()].filter((one) => wants(groupOf(one)))
        : groupVersions((await this.#get({ path: '/apis', what: 'read the API groups' })) ?? null, wants);
    const found = new Map<string, ServedKind>();
    for (const apiVersion of [...versions].sort((one, other) => compare(groupOf(one), groupOf(other))))
      for (const kind of listed.get(apiVersion) ?? (await this.#ofGroup(apiVersion))) {
        const key = `${groupOf(apiVersion)} ${kind.kind}`;
        found.set(key, found.get(key) ?? kind);
      }
    return [...found.values()];
  }

  #list(): Promise<Listed | undefined> {
    this.#listed ??= this.#get({ path: '/apis', what: 'read the API groups', accept: listTypes })
      .then((answer) => listedKinds(answer ?? null))
      .then((kinds) => kinds && { kinds, at: performance.now() })
      .catch((error: unknown) => {
        this.#listed = undefined;
        throw error;
      });
    return this.#listed;
  }

  async #ofGroup(apiVersion: string): Promise<readonly ServedKind[]> {
    const answer = await this.#get({ path: groupPath(apiVersion), what: `read the kinds of ${apiVersion}` });
    return recordsOf(jsonRecord(answer)['resources']).flatMap(({ name, kind, namespaced }) => {
      // A name with a slash is a subresource.
      if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return [];
      return [{ apiVersion, kind, resource: name, namespaced: namespaced === true }];
    });
  }
}

/** Milliseconds for which an answer is trusted that a kind isn't there: all questions of one look come within them. */
const listedLately = 1_000;

/** The media types of the answer for all groups (since Kubernetes 1.26), and the one that older servers give. */
const listTypes = [
  ...['v2', 'v2beta1'].map(
    (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  ),
  'application/json',
].join(',');

/**
 * Reads an APIGroupDiscoveryList, which has the versions of each group in the server's order of preference. Returns
 * undefined for another answer.
 */
function listedKinds(list: Json): Listed['kinds'] | undefined {
  const { kind, items } = jsonRecord(list);
  if (kind !== 'APIGroupDiscoveryList') return undefined;
  const found = new Map<string, readonly ServedKind[] | undefined>();
  for (const group of recordsOf(items)) {
    const { name } = jsonRecord(group['metadata']);
    for (const { version, freshness, resources } of recordsOf(group['versions'])) {
      if (typeof name !== 'string' || typeof version !== 'string') continue;
      const apiVersion = `${name}/${version}`;
      found.set(apiVersion, freshness === 'Stale' ? undefined : kindsOf(apiVersion, resources));
    }
  }
  return found;
}

function kindsOf(apiVersion: string, resources: Json | undefined): readonly ServedKind[] {
  return recordsOf(resources).flatMap(({ resource, responseKind, scope }) => {
    const { kind } = jsonRecord(responseKind);
    if (typeof resource !== 'string' || typeof kind !== 'string') return [];
    return [{ apiVersion, kind, resource, namespaced: scope === 'Namespaced' }];
  });
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function recordsOf(list: Json | undefined): readonly Readonly<Record<string, Json | undefined>>[] {
  return Array.isArray(list) ? (list as readonly Json[]).map(jsonRecord) : [];
}
