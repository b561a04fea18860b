import type { Cluster, LiveObject } from '../../../ports/cluster.ts';
import type { Compression } from '../../../ports/compression.ts';
import { DamagedFile } from '../../history/damaged-file.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { sha256 } from '../../lib/sha256.ts';
import { StateView, secretKind, stateLabels } from './state-view.ts';

/** A stored text with the version that a later write has to name. */
export interface KeptText {
  readonly text: string;
  readonly version: string;
}

/** The Secrets of one inventory. */
export interface StateSettings {
  readonly namespace: string;
  /** Name of the inventory's parent: the beginning of the name of every Secret. */
  readonly parent: string;
  readonly compression: Compression;
}

/**
 * Texts by name in Secrets of a namespace, gzip'ed and split below the size limit of an object. A text is whole or
 * absent: its parts are written first, named by their content, then the head that lists them. A kill leaves parts
 * without a head, which the next write of the text removes.
 */
export class StateSecrets {
  readonly #cluster: Cluster;
  readonly #settings: StateSettings;
  readonly #view: StateView;

  /** `view` is the cache of other Secrets of the same inventory; absent: a new one. */
  constructor(cluster: Cluster, settings: StateSettings, view = new StateView(cluster, settings)) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#view = view;
  }

  /** Returns the same texts with the same cache, written through another client of the same cluster. */
  writtenBy(cluster: Cluster): StateSecrets {
    return new StateSecrets(cluster, this.#settings, this.#view);
  }

  /** Makes the next read list the Secrets again, since another run may have written. */
  forget(): void {
    this.#view.forget();
  }

  /** Reads the Secret of a text again. */
  refresh(name: string): Promise<void> {
    return this.#view.refresh(this.#headName(name));
  }

  /** Reads a text; returns undefined if there is none. Throws `DamagedFile` if the text is damaged. */
  async read(name: string): Promise<KeptText | undefined> {
    const head = await this.#view.read(this.#headName(name));
    if (head === undefined) return undefined;
    return { text: await this.#textOf(head, name), version: this.#noted(head) ?? '' };
  }

  /**
   * Writes a text and returns its version. `before` is the version to replace; undefined to create the text. Returns
   * undefined and changes nothing if the stored version differs.
   */
  async write(name: string, text: string, before: string | undefined): Promise<string | undefined> {
    const packed = this.#settings.compression.pack(text);
    const [first = '', ...others] = partsOf(packed);
    const headName = this.#headName(name);
    const list = others.map((part) => partName(headName, part));
    for (const [i, part] of others.entries()) {
      const created = await this.#cluster.create(secretKind, this.#secret(list[i] ?? '', name, 'part', part));
      if (created !== undefined) this.#view.put(created);
    }
    const head = this.#secret(headName, name, 'head', first, {
      [partsAnnotation]: JSON.stringify(list),
      [digestAnnotation]: sha256(packed),
    });
    const written =
      before === undefined
        ? await this.#cluster.create(secretKind, head)
        : await this.#cluster.replace(secretKind, {
            ...head,
            metadata: { ...head.metadata, resourceVersion: before },
          });
    const kept = written ?? (await this.#again(head, before));
    if (kept === undefined) {
      this.#view.forget();
      return undefined;
    }
    this.#view.put(kept);
    await this.#removeParts(name, new Set(list));
    return this.#noted(kept);
  }

  /** Notes the digest of a head, and returns its version. */
  #noted(head: LiveObject): string | undefined {
    const { resourceVersion } = head.metadata;
    if (resourceVersion !== undefined)
      this.#view.digests.set(resourceVersion, annotationOf(head, digestAnnotation));
    return resourceVersion;
  }

  /** Returns the names of the texts that begin with a prefix, sorted. */
  async names(prefix: string): Promise<readonly string[]> {
    const heads = await this.#view.list({ [stateLabels.part]: 'head' });
    return heads
      .map(({ metadata }) => metadata.annotations?.[nameAnnotation] ?? '')
      .filter((name) => name.startsWith(prefix))
      .sort();
  }

  /** Names the Secret of a text for people. */
  place(name: string): string {
    return `the Secret ${this.#settings.namespace}/${this.#headName(name)} (${name})`;
  }

  /** Removes a text; a missing one is no error. */
  async remove(name: string): Promise<void> {
    const head = await this.#view.metadata(this.#headName(name));
    if (head !== undefined) await this.#removeSecret(head);
    await this.#removeParts(name, new Set());
  }

  /**
   * Ends a write that was refused. Returns the present head if it has the same content: the answer to the write was lost.
   * Writes again over a head that has the content of the version `before`: somebody else has changed its metadata alone,
   * such as a tool for backups. Returns undefined if another run has written.
   */
  async #again(head: LiveObject, before: string | undefined): Promise<LiveObject | undefined> {
    const replaced = before === undefined ? undefined : this.#view.digests.get(before);
    let version = before;
    for (let attempt = 0; ; attempt += 1) {
      const now = await this.#cluster.read(secretKind, head.metadata);
      if (now === undefined || now.metadata.resourceVersion === version) return undefined;
      const digest = annotationOf(now, digestAnnotation);
      if (digest === annotationOf(head, digestAnnotation)) return now;
      if (replaced === undefined || digest !== replaced || attempt >= attempts) return undefined;
      version = now.metadata.resourceVersion;
      const metadata = { ...head.metadata, ...(version !== undefined && { resourceVersion: version }) };
      const written = await this.#cluster.replace(secretKind, { ...head, metadata });
      if (written !== undefined) return written;
    }
  }

  async #textOf(head: LiveObject, name: string): Promise<string> {
    const list = JSON.parse(annotationOf(head, partsAnnotation) || '[]') as readonly string[];
    const parts: string[] = [partOf(head)];
    for (const one of list) {
      const part = await this.#cluster.read(secretKind, { namespace: this.#settings.namespace, name: one });
      if (part === undefined) throw this.#damaged(name, `its part ${one} is missing`);
      parts.push(partOf(part));
    }
    const packed = parts.join('');
    if (sha256(packed) !== annotationOf(head, digestAnnotation))
      throw this.#damaged(name, 'it is not what was written');
    return this.#settings.compression.unpack(packed, mostText);
  }

  #damaged(name: string, why: string): DamagedFile {
    const where = `${this.#settings.namespace}/${this.#headName(name)}`;
    return new DamagedFile(`the Secret ${where}, which keeps ${name},`, why, wayOutOf(name));
  }

  async #removeParts(name: string, kept: ReadonlySet<string>): Promise<void> {
    const parts = await this.#view.list({ [stateLabels.part]: 'part', [stateLabels.text]: textId(name) });
    for (const { metadata } of parts) if (!kept.has(metadata.name)) await this.#removeSecret(metadata);
  }

  async #removeSecret(metadata: LiveObject['metadata']): Promise<void> {
    const { uid } = metadata;
    if (uid !== undefined) await this.#cluster.remove(secretKind, metadata, { uid });
    this.#view.remove(metadata.name);
  }

  #secret(
    secret: string,
    name: string,
    role: 'head' | 'part',
    part: string,
    annotations: Readonly<Record<string, string>> = {},
  ): LiveObject {
    const { namespace, parent } = this.#settings;
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: secret,
        namespace,
        labels: {
          'app.kubernetes.io/managed-by': 'mesh',
          [stateLabels.inventory]: parent,
          [stateLabels.part]: role,
          [stateLabels.text]: textId(name),
          [stateLabels.group]: groupOf(name),
        },
        annotations: { ...annotations, [nameAnnotation]: name },
      },
      type: 'meshwright.dev/state.v1',
      data: { part },
    };
  }

  #headName(name: string): string {
    return `${this.#settings.parent}.${textId(name)}`;
  }
}

/** Returns the way out of the loss of a text, if there is one. */
export function wayOutOf(name: string): string | undefined {
  return name.startsWith('snapshots/') ? 'delete it: what it holds is lost' : undefined;
}

const nameAnnotation = 'meshwright.dev/name';
const partsAnnotation = 'meshwright.dev/parts';
const digestAnnotation = 'meshwright.dev/digest';

/** Further attempts to write a Secret whose metadata somebody keeps changing. */
const attempts = 3;

/** Characters of base64 in a part, a multiple of four so that each part is base64 by itself; a Secret may hold 1 MiB. */
const partSize = 700_000;

/** The most bytes of an unpacked text, as a guard against a Secret that unpacks without end. */
const mostText = 512 * 1024 * 1024;

function partsOf(packed: string): readonly string[] {
  const count = Math.max(1, Math.ceil(packed.length / partSize));
  return Array.from({ length: count }, (_, i) => packed.slice(i * partSize, (i + 1) * partSize));
}

function groupOf(name: string): string {
  const [group = ''] = name.split('/');
  return group;
}

function textId(name: string): string {
  return sha256(name).slice(0, 16);
}

function partName(head: string, part: string): string {
  return `${head}.${sha256(part).slice(0, 16)}`;
}

function partOf(secret: LiveObject): string {
  const { part } = jsonRecord(secret['data']);
  return typeof part === 'string' ? part : '';
}

function annotationOf({ metadata: { annotations = {} } }: LiveObject, key: string): string {
  return annotations[key] ?? '';
}
