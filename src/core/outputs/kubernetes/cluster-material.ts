import type { LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { FileChange } from '../../plan/plan.ts';
import type { Json } from '../../targets/artifact.ts';
import { authorityFileNames } from '../../targets/authority-form.ts';
import type { MaterialPlace } from '../output-driver.ts';
import type { Step } from '../step.ts';
import { fieldManager } from './apply-set.ts';
import type { ClusterPlace } from './cluster-place.ts';

/** The annotation of a Secret that names the inventory whose runs write it. */
const ownerAnnotation = 'meshwright.dev/material-of';

const secretKind: ServedKind = { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };

/**
 * Keeps the certificates and keys of a mesh's own authority in Secrets, whose ids are `<namespace>.<name>`. Only a run
 * that may write reads them, so a plan needs no right to read keys. A Secret is never deleted: without it the authority
 * would sign with a root of its own.
 */
export class ClusterMaterial implements MaterialPlace {
  readonly #place: ClusterPlace;
  /** False for a command that writes nothing. */
  readonly #isRunning: boolean;
  /** Names of Secrets that the user takes over. */
  readonly #adopt: () => ReadonlySet<string>;

  constructor(place: ClusterPlace, isRunning: boolean, adopt: () => ReadonlySet<string>) {
    this.#place = place;
    this.#isRunning = isRunning;
    this.#adopt = adopt;
  }

  async read(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    if (!this.#isRunning) return texts;
    for (const id of ids) {
      const live = await this.#live(id);
      if (live !== undefined) texts.set(id, textOf(live));
    }
    return texts;
  }

  /** Returns the ids whose Secrets exist; a command that writes nothing trusts its records. */
  async present(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#isRunning ? new Set((await this.read(ids)).keys()) : new Set(ids);
  }

  /** Returns a conflict for each Secret that somebody else has made, and that the user doesn't take over. */
  async foreign(ids: readonly string[]): Promise<readonly FileChange[]> {
    if (!this.#isRunning) return [];
    const found: FileChange[] = [];
    for (const id of ids) {
      const live = await this.#live(id);
      if (live !== undefined && !this.#isOurs(live) && !this.#adopt().has(refOf(id)))
        found.push(foreignSecret(refOf(id)));
    }
    return found;
  }

  mark(epoch: number, step: Step | undefined): string {
    return `${String(epoch).padStart(6, '0')}-${step?.name ?? 'end'}`;
  }

  async write(_mark: string, texts: ReadonlyMap<string, string>): Promise<void> {
    const { cluster, inventory } = this.#place;
    for (const [id, text] of texts) {
      const live = await this.#live(id);
      if (live !== undefined && textOf(live) === text && this.#isOurs(live)) continue;
      const { metadata, ...secret } = jsonRecord(JSON.parse(text) as Json);
      const body = {
        ...secret,
        metadata: {
          ...jsonRecord(metadata),
          labels: { 'app.kubernetes.io/managed-by': 'mesh' },
          annotations: { [ownerAnnotation]: inventory },
        },
      };
      const answer = await cluster.apply(secretKind, body, { manager: fieldManager(inventory), force: true });
      if (answer.state === 'applied') continue;
      const why = 'why' in answer ? answer.why : 'it changes all the time';
      throw new PortError(
        `${refOf(id)} can't be written: ${why}`,
        answer.state === 'forbidden' ? exit.unreachable : exit.incomplete,
      );
    }
  }

  #isOurs({ metadata }: LiveObject): boolean {
    return metadata.annotations?.[ownerAnnotation] === this.#place.inventory;
  }

  #live(id: string): Promise<LiveObject | undefined> {
    return this.#place.cluster.read(secretKind, secretName(id));
  }
}

/** Returns the conflict about a Secret that somebody else has made. */
function foreignSecret(path: string): FileChange {
  const why = 'it is there already, and no run of this inventory wrote it';
  return { op: 'conflict', path, why, ways: [`--adopt ${path} takes it over`] };
}

/** Returns the namespace and the name of a Secret from its id. */
export function secretName(id: string): { readonly namespace: string; readonly name: string } {
  const dot = id.indexOf('.');
  return { namespace: id.slice(0, dot), name: id.slice(dot + 1) };
}

function refOf(id: string): string {
  const { namespace, name } = secretName(id);
  return `core/Secret/${namespace}/${name}`;
}

/** Returns the content of a Secret in the bytes in which it was given, without files of others. */
function textOf({ metadata: { name, namespace = '' }, type, data }: LiveObject): string {
  const own = Object.entries(jsonRecord(data)).filter(([file]) => authorityFileNames.has(file));
  const metadata = { name, namespace };
  return canonicalJson({ apiVersion: 'v1', kind: 'Secret', metadata, type, data: Object.fromEntries(own) });
}
