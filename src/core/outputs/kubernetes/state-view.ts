import type { Cluster, LiveObject, Selection, ServedKind } from '../../../ports/cluster.ts';

/** Labels of a Secret of the state. */
export const stateLabels = {
  inventory: 'meshwright.dev/inventory',
  /** `head` or `part`. */
  part: 'meshwright.dev/part',
  /** Id of the text that the Secret belongs to. */
  text: 'meshwright.dev/text',
  /** The name of the text up to its first slash; Secrets before 0.2 have no such label. */
  group: 'meshwright.dev/group',
} as const;

/** The group of texts that are read one by one, since they are large and few of them are read. */
const largeGroup = 'snapshots';

/** The number of large Secrets that are kept in memory: a rollback needs two snapshots. */
const mostLarge = 2;

/** Secrets (core/v1). */
export const secretKind: ServedKind = {
  apiVersion: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  namespaced: true,
};

/**
 * A cache of the Secrets of one inventory, from two lists: one of all metadata, and one of the content of all small
 * texts. The writes of this process update the cache. A run reads its records many times without further requests.
 * Every write names the cached version, so that a stale cache overwrites nothing.
 */
export class StateView {
  /** Digests of the texts that were read or written, by version; versions of a namespace's Secrets are unique. */
  readonly digests = new Map<string, string>();
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #parent: string;
  #loaded: Promise<void> | undefined;
  #known = new Map<string, LiveObject>();
  /** Secrets with their content. */
  #whole = new Map<string, LiveObject>();
  /** The large Secrets that were read last, oldest first: a rollback reads the snapshot in force twice. */
  readonly #large = new Map<string, LiveObject>();

  /** `parent` names the inventory. */
  constructor(
    cluster: Cluster,
    { namespace, parent }: { readonly namespace: string; readonly parent: string },
  ) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#parent = parent;
  }

  /** Makes the next read list the Secrets again. Keeps the content of unchanged versions. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Reads one Secret again, by one request. */
  async refresh(name: string): Promise<void> {
    await this.#load();
    const found = await this.#cluster.read(secretKind, { namespace: this.#namespace, name });
    if (found === undefined) this.remove(name);
    else this.put(found);
  }

  /** Returns the metadata of all Secrets with these labels. */
  async list(labels: Readonly<Record<string, string>>): Promise<readonly LiveObject[]> {
    await this.#load();
    return [...this.#known.values()].filter(({ metadata }) =>
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    );
  }

  /** Returns the metadata of a Secret; undefined if there is none of that name. */
  async metadata(name: string): Promise<LiveObject['metadata'] | undefined> {
    await this.#load();
    return this.#known.get(name)?.metadata;
  }

  /** Returns a Secret with its content; undefined if there is none of that name. */
  async read(name: string): Promise<LiveObject | undefined> {
    await this.#load();
    const known = this.#known.get(name);
    if (known === undefined) return undefined;
    const whole = this.#whole.get(name) ?? this.#large.get(name);
    if (whole?.metadata.resourceVersion === known.metadata.resourceVersion) return whole;
    const found = await this.#cluster.read(secretKind, { namespace: this.#namespace, name });
    if (found === undefined) this.remove(name);
    else this.put(found);
    return found;
  }

  /** Takes a Secret from the server's answer into the cache. */
  put(secret: LiveObject): void {
    const { name, labels } = secret.metadata;
    const { apiVersion, kind, metadata } = secret;
    this.#known.set(name, { apiVersion, kind, metadata });
    const isHead = labels?.[stateLabels.part] === 'head';
    const isLarge = labels?.[stateLabels.group] === largeGroup;
    if (isHead && !isLarge) this.#whole.set(name, secret);
    else this.#whole.delete(name);
    this.#large.delete(name);
    if (!isHead || !isLarge) return;
    this.#large.set(name, secret);
    const [oldest = ''] = this.#large.keys();
    if (this.#large.size > mostLarge) this.#large.delete(oldest);
  }

  /** Removes a Secret from the cache. */
  remove(name: string): void {
    this.#known.delete(name);
    this.#whole.delete(name);
    this.#large.delete(name);
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#lists().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #lists(): Promise<void> {
    const all = { namespace: this.#namespace, labels: { [stateLabels.inventory]: this.#parent } };
    const small: Selection = {
      ...all,
      labels: { ...all.labels, [stateLabels.part]: 'head' },
      without: { [stateLabels.group]: largeGroup },
    };
    const isFirst = this.#whole.size === 0;
    // A Secret that changes between the lists is read again: the versions differ.
    const [whole, { objects }] = await Promise.all([
      isFirst
        ? this.#cluster.list(secretKind, small).then((list) => list.objects)
        : [...this.#whole.values()],
      this.#cluster.list(secretKind, { ...all, metadataOnly: true }),
    ]);
    this.#known = new Map(objects.map((one) => [one.metadata.name, one]));
    this.#whole = new Map(
      whole.filter(({ metadata: { name } }) => this.#known.has(name)).map((one) => [one.metadata.name, one]),
    );
  }
}
