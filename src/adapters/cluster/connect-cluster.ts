import { exit } from '../../core/exit-code.ts';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import type {
  AccessRule,
  ApplyAnswer,
  ApplySettings,
  Cluster,
  LiveObject,
  ObjectList,
  ObjectName,
  Selection,
  ServedKind,
} from '../../ports/cluster.ts';
import type { Permit } from '../../ports/permit.ts';
import { PortError } from '../../ports/port-error.ts';
import { accessRules, mayAccess } from './access-review.ts';
import { ApiClient, type ClientSettings, Forbidden, type NamedRequest } from './api-client.ts';
import { groupPath, listPath, objectPath, resourceWords } from './api-path.ts';
import { type ApiStatus, fieldConflicts, refusalOf } from './api-status.ts';
import { Discovery } from './discovery.ts';
import { selectorOf } from './selector-of.ts';
import { usualWatch, type WatchTimes, watchObjects } from './watch-objects.ts';

/**
 * Connects to the cluster of a kubeconfig's context. Without a name, connects to the cluster of the current context, or
 * to the cluster that this process runs in.
 */
export function connectCluster(
  context: string | undefined,
  settings: ClientSettings & { readonly watchTimes?: WatchTimes },
): ConnectedCluster {
  return new ConnectedCluster(new ApiClient(context, settings), settings.watchTimes ?? usualWatch);
}

/** The kinds that an API server has told, and the schemas by group version. */
interface Known {
  readonly schemas: Map<string, Readonly<Record<string, Json>>>;
  readonly discovery: Discovery;
}

/** The port's implementation over an API server. */
class ConnectedCluster implements Cluster {
  readonly #client: ApiClient;
  readonly #watchTimes: WatchTimes;
  readonly #known: Known;
  readonly #permit: Permit | undefined;

  /** `known` is what another connection of the client has learned; absent: nothing. */
  constructor(client: ApiClient, watchTimes: WatchTimes, permit?: Permit, known?: Known) {
    this.#client = client;
    this.#watchTimes = watchTimes;
    this.#permit = permit;
    this.#known = known ?? {
      schemas: new Map(),
      discovery: new Discovery((request) => this.#get(request)),
    };
  }

  get description(): string {
    return this.#client.description;
  }

  guarded(permit: Permit): ConnectedCluster {
    return new ConnectedCluster(this.#client, this.#watchTimes, permit, this.#known);
  }

  served(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    return this.#known.discovery.served(apiVersion, kind);
  }

  kinds(wants: (group: string) => boolean): Promise<readonly ServedKind[]> {
    return this.#known.discovery.kinds(wants);
  }

  async schemas(apiVersion: string): Promise<Readonly<Record<string, Json>> | undefined> {
    const known = this.#known.schemas.get(apiVersion);
    const found = known ?? (await this.#readSchemas(apiVersion));
    if (found !== undefined) this.#known.schemas.set(apiVersion, found);
    return found;
  }

  async #readSchemas(apiVersion: string): Promise<Readonly<Record<string, Json>> | undefined> {
    const path = `/openapi/v3${groupPath(apiVersion)}`;
    const answered = await this.#client.ask({
      method: 'GET',
      path,
      what: `read the schemas of ${apiVersion}`,
    });
    if (!answered.ok) return undefined;
    return jsonRecord(jsonRecord(jsonRecord(answered.json)['components'])['schemas']) as Readonly<
      Record<string, Json>
    >;
  }

  rules(namespace?: string): Promise<readonly AccessRule[]> {
    return accessRules(this.#client, namespace);
  }

  may(verb: string, kind: ServedKind, namespace?: string, name?: string): Promise<boolean> {
    return mayAccess(this.#client, verb, kind, { namespace, name });
  }

  async list(kind: ServedKind, selection: Selection = {}): Promise<ObjectList> {
    for (let restart = 0; ; restart += 1) {
      // The last attempt asks for all objects in one answer, which has no pages that could expire.
      const listed = await this.#pages(kind, selection, restart < 2 ? pageSize : undefined);
      if (listed !== 'expired') return listed;
    }
  }

  async read(kind: ServedKind, name: ObjectName): Promise<LiveObject | undefined> {
    const what = `get ${resourceWords(kind, name.namespace)}`;
    const found = await this.#get({ path: objectPath(kind, name), what, ...urgency(kind) });
    return found === undefined ? undefined : this.#object(what, found);
  }

  async apply(kind: ServedKind, object: Json, settings: ApplySettings): Promise<ApplyAnswer> {
    const { manager, force = false, dryRun = false } = settings;
    const { metadata } = object as unknown as LiveObject;
    const query = `fieldManager=${encodeURIComponent(manager)}&force=${force}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    const what = `patch ${resourceWords(kind, metadata.namespace)}`;
    const request: NamedRequest = {
      method: 'PATCH',
      path: `${objectPath(kind, metadata)}?${query}`,
      body: JSON.stringify(object),
      contentType: 'application/apply-patch+yaml',
      what,
      ...(!dryRun && this.#leave()),
    };
    const answered = await this.#client.ask(request).catch((error: unknown) => {
      if (error instanceof Forbidden) return error.message;
      throw error;
    });
    if (typeof answered === 'string') return { state: 'forbidden', why: answered };
    if (answered.ok) {
      const { json, code, warnings } = answered;
      return { state: 'applied', object: this.#object(what, json), created: code === 201, warnings };
    }
    const { status } = answered;
    if (status.code === 409) {
      const conflicts = fieldConflicts(status);
      return conflicts.length > 0 ? { state: 'conflict', conflicts } : { state: 'changed' };
    }
    const refusal = refusalOf(status);
    if (refusal === undefined) throw this.#unexpected(what, status);
    return { state: 'refused', refusal, why: status.message };
  }

  create(kind: ServedKind, object: LiveObject): Promise<LiveObject | undefined> {
    const { namespace } = object.metadata;
    return this.#written({
      method: 'POST',
      path: listPath(kind, namespace === undefined ? {} : { namespace }),
      body: JSON.stringify(object),
      what: `create ${resourceWords(kind, namespace)}`,
      ...urgency(kind),
    });
  }

  replace(kind: ServedKind, object: LiveObject): Promise<LiveObject | undefined> {
    return this.#written({
      method: 'PUT',
      path: objectPath(kind, object.metadata),
      body: JSON.stringify(object),
      what: `update ${resourceWords(kind, object.metadata.namespace)}`,
      ...urgency(kind),
    });
  }

  async remove(
    kind: ServedKind,
    name: ObjectName,
    holds: { readonly uid: string; readonly resourceVersion?: string },
  ): Promise<'removed' | 'absent' | 'changed'> {
    const what = `delete ${resourceWords(kind, name.namespace)}`;
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: holds,
      propagationPolicy: 'Background',
    });
    const path = objectPath(kind, name);
    const answered = await this.#client.ask({ method: 'DELETE', path, body, what, ...this.#leave() });
    if (answered.ok) return 'removed';
    if (answered.status.code === 404) return 'absent';
    if (answered.status.code === 409) return 'changed';
    throw this.#unexpected(what, answered.status);
  }

  watch: Cluster['watch'] = (kind, selection, signal) =>
    watchObjects(this.#client, this.#watchTimes, kind, selection, signal);

  /** Closes idle connections, so that the process can end. */
  close(): void {
    this.#client.close();
  }

  async #get(request: Omit<NamedRequest, 'method'>): Promise<Json | undefined> {
    const answered = await this.#client.ask({ method: 'GET', ...request });
    if (answered.ok) return answered.json;
    if (answered.status.code === 404) return undefined;
    throw this.#unexpected(request.what, answered.status);
  }

  async #pages(
    kind: ServedKind,
    selection: Selection,
    limit: number | undefined,
  ): Promise<ObjectList | 'expired'> {
    const what = `list ${resourceWords(kind, selection.namespace)}`;
    const objects: LiveObject[] = [];
    for (let token: string | undefined = ''; ; ) {
      const query = new URLSearchParams(selectorOf(selection));
      if (limit !== undefined) query.set('limit', String(limit));
      if (token !== '') query.set('continue', token);
      const path = `${listPath(kind, selection)}?${query.toString()}`;
      const accept = selection.metadataOnly === true ? { accept: metadataList } : {};
      const answered = await this.#client.ask({ method: 'GET', path, what, ...accept });
      if (!answered.ok) {
        if (answered.status.code === 410) return 'expired';
        throw this.#unexpected(what, answered.status);
      }
      const { items, metadata, kind: of } = jsonRecord(answered.json);
      // Null is Go's empty list.
      if (!Array.isArray(items) && !(typeof of === 'string' && of.endsWith('List')))
        throw this.#strange(what, 'a list', answered.json);
      for (const item of Array.isArray(items) ? (items as readonly LiveObject[]) : [])
        objects.push({ ...item, apiVersion: kind.apiVersion, kind: kind.kind });
      const { continue: next, resourceVersion } = jsonRecord(metadata);
      if (typeof next !== 'string' || next === '')
        return { objects, resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '' };
      token = next;
    }
  }

  /** Returns undefined if the name is taken, the version has changed (409), or the object to replace is gone (404). */
  async #written(request: NamedRequest): Promise<LiveObject | undefined> {
    const answered = await this.#client.ask({ ...request, ...this.#leave() });
    if (answered.ok) return this.#object(request.what, answered.json);
    const { status } = answered;
    if (status.code === 409 || (status.code === 404 && request.method === 'PUT')) return undefined;
    throw this.#unexpected(request.what, status);
  }

  #leave(): { readonly permit?: Permit } {
    return this.#permit === undefined ? {} : { permit: this.#permit };
  }

  /** Returns an answer as an object. Throws PortError(15) if it is none: nothing follows from it about the cluster. */
  #object(what: string, json: Json): LiveObject {
    const { name } = jsonRecord(jsonRecord(json)['metadata']);
    if (typeof name !== 'string') throw this.#strange(what, 'an object', json);
    return json as LiveObject;
  }

  #strange(what: string, wanted: string, json: Json): PortError {
    const said = JSON.stringify(json);
    const quoted = said.length > 80 ? `${said.slice(0, 80)}…` : said;
    return new PortError(
      `cannot ${what}: ${this.description} answers with something else than ${wanted}: ${quoted}; check that this is the address of an API server, and what stands before it`,
      exit.unreachable,
    );
  }

  #unexpected(what: string, { message }: ApiStatus): PortError {
    return new PortError(`cannot ${what}: ${this.description} says: ${message}`, exit.failed);
  }
}

export type { ConnectedCluster };

/** Requests about Leases are urgent: a lock that is renewed late is lost. */
function urgency({ apiVersion, resource }: ServedKind): { readonly isUrgent: boolean } {
  return { isUrgent: resource === 'leases' && apiVersion.startsWith('coordination.k8s.io/') };
}

/** The media type of a list of metadata (Kubernetes API concepts, alternate representations). */
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Objects of a page, as kubectl asks for them. */
const pageSize = 500;
