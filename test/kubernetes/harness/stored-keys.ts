/**
 * Objects that stay: CRDs, of which the server forgets and learns the kinds over seconds, and what the server writes by
 * itself, some of it only after it is ready, such as the namespace `default`.
 */
const kept = [
  /^\/registry\/(?:apiextensions\.k8s\.io|apiregistration\.k8s\.io|flowschemas|prioritylevelconfigurations)\//u,
  /^\/registry\/(?:leases|masterleases|events|ranges|servicecidrs|ipaddresses|priorityclasses)\//u,
  /^\/registry\/namespaces\/(?:default|kube-[a-z-]+)$/u,
  /^\/registry\/.+\/(?:kube-system|kube-public)\//u,
  /^\/registry\/(?:cluster)?role(?:binding)?s\/(?:.+\/)?system:/u,
  /^\/registry\/(?:services\/specs|services\/endpoints|endpointslices)\/default\/kubernetes$/u,
];

/** Keys of a server's etcd by its JSON gateway (etcd's "gRPC gateway"), at an address `http://HOST:PORT`. */
export class StoredKeys {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  /** Returns the keys of all objects. */
  async all(): Promise<ReadonlySet<string>> {
    const { kvs = [] } = await this.#call('range', { ...everything, keys_only: true });
    return new Set(kvs.map(({ key }) => Buffer.from(key, 'base64').toString('utf8')));
  }

  /** Removes the objects that aren't among `before`, but those that stay. */
  async removeSince(before: ReadonlySet<string>): Promise<void> {
    const added = [...(await this.all())].filter(
      (key) => !before.has(key) && !kept.some((one) => one.test(key)),
    );
    for (const key of added) await this.#call('deleterange', { key: base64(key) });
  }

  /** Returns the names of all CRDs, `PLURAL.GROUP` each. */
  async definitions(): Promise<readonly string[]> {
    return [...(await this.all())]
      .filter((key) => key.startsWith(definitionsPrefix))
      .map((key) => key.slice(definitionsPrefix.length));
  }

  async #call(name: string, question: object): Promise<Answer> {
    const answer = await fetch(`${this.#address}/v3/kv/${name}`, {
      method: 'POST',
      body: JSON.stringify(question),
    });
    if (!answer.ok) throw new Error(`etcd's ${name}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}

interface Answer {
  readonly kvs?: readonly { readonly key: string }[];
}

const definitionsPrefix = '/registry/apiextensions.k8s.io/customresourcedefinitions/';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** All keys below `/registry/`; `0` is the character after the slash. */
const everything = { key: base64('/registry/'), range_end: base64('/registry0') };
