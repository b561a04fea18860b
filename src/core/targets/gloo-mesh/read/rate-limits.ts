import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { RateLimit, RateLimiter } from '../../../spec/types.gen.ts';
import { isHttpPort } from '../../istio-objects/read/surroundings.ts';
import { readAppliedServices } from './applied-services.ts';

/** Kinds of objects about limits that a rate limiter counts. */
export const rateLimitKinds: readonly string[] = [
  'RateLimitClientConfig',
  'RateLimitPolicy',
  'RateLimitServerConfig',
  'RateLimitServerSettings',
];

/** The limits that the rate limiter of the mesh counts. */
export interface SharedLimits {
  readonly documents: readonly ReadDocument[];
  /** The service that counts. */
  readonly rateLimiter?: RateLimiter;
}

const unlimited = 'requests over the limit are served: write a `rateLimit`';
const units: Readonly<Record<string, string>> = { SECOND: '1s', MINUTE: '1m', HOUR: '1h', DAY: '1d' };

/** Reads limits over whole services: a policy, the requests that its client counts, and the number that its server allows. */
export function readSharedLimits(documents: readonly NativeDocument[], context: ReadContext): SharedLimits {
  const limits = new Limits(documents, context);
  const read = documents.filter(({ kind }) => kind === 'RateLimitPolicy').flatMap((one) => limits.read(one));
  limits.markUnused();
  return { documents: read, ...(limits.rateLimiter && { rateLimiter: limits.rateLimiter }) };
}

class Limits {
  rateLimiter: RateLimiter | undefined;
  readonly #documents: readonly NativeDocument[];
  readonly #context: ReadContext;
  readonly #used = new Set<NativeDocument>();

  constructor(documents: readonly NativeDocument[], context: ReadContext) {
    this.#documents = documents;
    this.#context = context;
  }

  read(policy: NativeDocument): readonly ReadDocument[] {
    const spec = policy.root.at('spec');
    const config = spec.at('config');
    const namespace = this.#context.namespaceOf(policy);
    const find = (kind: string, name: string): NativeDocument | undefined =>
      this.#named(kind, config.at(name), namespace);
    const settings = find('RateLimitServerSettings', 'serverSettings');
    const client = find('RateLimitClientConfig', 'ratelimitClientConfig');
    const server = find('RateLimitServerConfig', 'ratelimitServerConfig');
    const limit = client && server && sharedLimit(client, server);
    const limiter =
      settings && limiterOf(settings.root.at('spec').at('destinationServer').value, this.#context);
    const isOther = this.rateLimiter !== undefined && this.rateLimiter.service !== limiter?.service;
    const routes = spec.at('applyToRoutes');
    const raw = config.at('raw');
    if (!limit || !limiter || isOther || routes.isPresent || raw.isPresent) {
      spec.lost({ callers: unlimited });
      return [];
    }
    this.rateLimiter = limiter;
    for (const one of [settings, client, server]) this.#used.add(one);
    readServer(settings.root.at('spec'));
    client.root.at('spec').carried();
    server.root.at('spec').carried();
    config.along('phase', 'preAuthz').differently({ callers: 'requests that Access refuses do not count' });
    config.along('phase', 'postAuthz').withoutEffect('limits are counted after Access');
    const services = readAppliedServices(spec.at('applyToDestinations'), namespace, this.#context);
    if (services.length > 1)
      spec.at('applyToDestinations').differently({ callers: 'each service has a limit of its own' });
    return services.map(({ id, service, ports }): ReadDocument => {
      const { namespace: home, name } = service;
      if (service.ports.some((port) => isHttpPort(port) && !ports.includes(port)))
        spec.at('applyToDestinations').differently({ callers: 'requests at all ports of the service count' });
      return {
        kind: 'Service',
        namespace: home,
        name,
        spec: { rateLimit: limit },
        from: [policy.root],
        beside: id,
      };
    });
  }

  /** Marks objects that no policy uses that is read. */
  markUnused(): void {
    for (const one of this.#documents)
      if (one.kind !== 'RateLimitPolicy' && !this.#used.has(one))
        one.root.at('spec').withoutEffect('a policy names it, and says what is limited');
  }

  #named(kind: string, ref: Field, namespace: string): NativeDocument | undefined {
    const name = ref.at('name').text();
    const home = ref.at('namespace').text() ?? namespace;
    ref.at('cluster').differently({ callers: 'the object of this name is meant, in whatever cluster' });
    return this.#documents.find(
      (one) => one.kind === kind && one.name === name && this.#context.namespaceOf(one) === home,
    );
  }
}

/** Returns the limit of one bucket for all requests that a policy holds for. */
function sharedLimit(client: NativeDocument, server: NativeDocument): RateLimit | undefined {
  const value = only(only(only(client.root.at('spec').value, 'raw'), 'rateLimits'), 'actions', true);
  const asked = only(only(value, 'genericKey', true), 'descriptorValue');
  const spec = (server.root.at('spec').value ?? {}) as { readonly raw?: unknown };
  const [descriptor, ...others] = listOf(only(spec.raw, 'descriptors'));
  const { key, value: text, rateLimit, ...rest } = (descriptor ?? {}) as Readonly<Record<string, unknown>>;
  const { unit, requestsPerUnit: requests, ...more } = (rateLimit ?? {}) as Readonly<Record<string, unknown>>;
  const per = units[String(unit)];
  const isPlain = others.length === 0 && Object.keys({ ...rest, ...more }).length === 0;
  if (!isPlain || key !== 'generic_key' || typeof asked !== 'string' || asked !== text) return undefined;
  if (typeof requests !== 'number' || requests < 1 || per === undefined) return undefined;
  return { requests, per, scope: 'service' };
}

/** Returns the field of a map, or of the one item of a list, that has no other. */
function only(value: unknown, name: string, isInList = false): unknown {
  const [first, ...others] = isInList ? listOf(value) : [value];
  if (others.length > 0 || typeof first !== 'object' || first === null) return undefined;
  const entries = Object.entries(first);
  return entries.length === 1 && entries[0]?.[0] === name ? (entries[0][1] as unknown) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function limiterOf(value: unknown, { inventory }: ReadContext): RateLimiter | undefined {
  const {
    ref,
    port,
    kind = 'SERVICE',
  } = (value ?? {}) as {
    readonly ref?: { readonly name?: unknown; readonly namespace?: unknown };
    readonly port?: { readonly number?: unknown };
    readonly kind?: unknown;
  };
  const id = `${String(ref?.namespace)}/${String(ref?.name)}`;
  const service = inventory.service(id);
  const found = service?.ports.find((one) => one.port === port?.number);
  if (service === undefined || found === undefined || kind !== 'SERVICE') return undefined;
  // The spec names no port: the only one is asked, else the one called grpc.
  return service.ports.length === 1 || found.name === 'grpc' ? { service: id } : undefined;
}

function readServer(spec: Field): void {
  spec.at('destinationServer').carried();
  spec.at('requestTimeout').lost({ callers: 'the rate limiter has the time that the target gives it' });
  if (spec.at('denyOnFail').boolean() === true)
    spec
      .at('denyOnFail')
      .differently({ callers: 'requests are served while the rate limiter does not answer' });
}
