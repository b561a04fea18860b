import { unlessEmpty } from '../../../../import/defined.ts';
import type { Field } from '../../../../import/field.ts';
import type { Affinity, Backend, Mirror, Redirect, Retries, RouteRule } from '../../../../spec/types.gen.ts';
import { hole, maybe, optional } from './forms.ts';
import type { Reading } from './reading.ts';
import { readOptions, readPercent, readTime } from './values.ts';

/** A substitution in the path. */
export interface ReadSubstitution {
  readonly pattern: string;
  readonly text: string;
  readonly field: Field;
}

/** The action of one native route. */
export type ReadAction =
  | {
      readonly type: 'forward';
      readonly rule: Pick<RouteRule, 'backends' | 'timeout' | 'mirror'>;
      readonly request: { readonly set: object; readonly add: object; readonly remove: readonly string[] };
      readonly host: string | undefined;
      readonly substitution: ReadSubstitution | undefined;
      /** Without `methods`: the match of the route has them. */
      readonly retries: Omit<Retries, 'methods'> | undefined;
      readonly affinities: readonly Affinity[];
      /** True if a backend is hidden from these callers. */
      readonly hides: boolean;
    }
  | {
      readonly type: 'redirect';
      readonly redirect: Pick<Redirect, 'scheme' | 'host' | 'port' | 'status'>;
      readonly path: string | undefined;
      readonly substitution: ReadSubstitution | undefined;
    }
  | { readonly type: 'respond'; readonly status: number; readonly body: string | undefined };

/** Returns the backend that a cluster stands for; undefined for one that the target doesn't name. */
export type FindBackend = (cluster: string) => Omit<Backend, 'weight'> | undefined;

const substitutionForm = optional({
  pattern: { regex: hole('pattern') },
  substitution: hole('text'),
});

const statuses: Readonly<Record<string, 301 | 302 | 303 | 307 | 308>> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

/** Reads the action of a route, whose other fields are read elsewhere. */
export function readAction(reading: Reading, route: Field, find: FindBackend): ReadAction | undefined {
  if (route.at('direct_response').isPresent) return readResponse(reading, route.at('direct_response'));
  if (route.at('redirect').isPresent) return readRedirect(reading, route.at('redirect'));
  if (route.at('route').isPresent) return readForward(reading, route, find);
  reading.report(route, 'an action');
  return undefined;
}

function readResponse(reading: Reading, field: Field): ReadAction {
  const { status, body } = reading.take(field, {
    status: hole('status'),
    body: optional({ inline_string: hole('body') }),
  });
  return { type: 'respond', status: status.number() ?? 0, body: body.text() };
}

function readRedirect(reading: Reading, field: Field): ReadAction {
  const got = reading.take(field, {
    scheme_redirect: hole('scheme'),
    host_redirect: maybe('host'),
    port_redirect: maybe('port'),
    path_redirect: maybe('path'),
    regex_rewrite: substitutionForm,
    response_code: hole('code'),
    strip_query: false,
  });
  const scheme = got.scheme.text();
  const status = statuses[got.code.text() ?? ''];
  if (scheme !== 'http' && scheme !== 'https') reading.report(got.scheme, 'http or https');
  if (status === undefined) reading.report(got.code, 'a status of a redirect');
  const [host, port] = [got.host.text(), got.port.port()];
  return {
    type: 'redirect',
    redirect: {
      ...((scheme === 'http' || scheme === 'https') && { scheme }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(status !== undefined && { status }),
    },
    path: got.path.text(),
    substitution: substitutionOf(got.pattern, got.text),
  };
}

function substitutionOf(pattern: Field, text: Field): ReadSubstitution | undefined {
  if (!pattern.isPresent) return undefined;
  return {
    pattern: pattern.text() ?? '',
    text: (text.text() ?? '').replaceAll('\\\\', '\\'),
    field: pattern,
  };
}

function readForward(reading: Reading, route: Field, find: FindBackend): ReadAction {
  const got = reading.take(route.at('route'), {
    cluster: maybe('cluster'),
    weighted_clusters: optional({ clusters: hole('clusters') }),
    timeout: hole('timeout'),
    retry_policy: maybe('retries'),
    request_mirror_policies: maybe('mirrors'),
    hash_policy: maybe('hashes'),
    regex_rewrite: substitutionForm,
    host_rewrite_literal: maybe('host'),
    cluster_not_found_response_code: maybe('missing'),
  });
  const backends = got.clusters.isPresent
    ? got.clusters.items().map((one) => readWeighted(reading, one, find))
    : [backendOf(reading, got.cluster, find)];
  const hides = backends.some(({ service }) => service === hiddenService);
  if (got.cluster.isPresent === got.clusters.isPresent) reading.report(route, 'one destination');
  if (hides) reading.take(got.missing, 'NOT_FOUND');
  else if (got.missing.isPresent) reading.report(got.missing, 'no such field');
  const mirrors = got.mirrors.isPresent
    ? got.mirrors.items().map((one) => readMirror(reading, one, find))
    : [];
  const [added, removed] = [route.at('request_headers_to_add'), route.at('request_headers_to_remove')];
  const changes = readOptions(reading, added.isPresent ? added.items() : []);
  return {
    type: 'forward',
    rule: {
      backends,
      timeout: readTime(reading, got.timeout),
      ...(mirrors.length > 0 && { mirror: mirrors }),
    },
    request: { ...changes, remove: removed.isPresent ? (removed.texts() ?? []) : [] },
    host: got.host.text(),
    substitution: substitutionOf(got.pattern, got.text),
    retries: got.retries.isPresent ? readRetries(reading, got.retries) : undefined,
    affinities: got.hashes.isPresent ? got.hashes.items().map((one) => readAffinity(reading, one)) : [],
    hides,
  };
}

/** The service that stands for a backend which is hidden from the callers of a route. */
const hiddenService = 'hidden';

function backendOf(reading: Reading, field: Field, find: FindBackend): Omit<Backend, 'weight'> {
  const name = field.text() ?? '';
  if (name === hiddenService) return { service: hiddenService };
  const found = find(name);
  if (found === undefined) reading.report(field, 'the cluster of a service');
  return found ?? {};
}

function egressMark(value: string) {
  return {
    header: { key: 'x-meshwright-egress', value },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  } as const;
}

function readWeighted(reading: Reading, field: Field, find: FindBackend): Backend {
  const { name, weight, added } = reading.take(field, {
    name: hole('name'),
    weight: hole('weight'),
    request_headers_to_add: maybe('added'),
  });
  const backend = backendOf(reading, name, find);
  if (added.isPresent)
    reading.take(added, [egressMark(`${String(backend.service)}:${String(backend.port)}`)]);
  return { ...backend, weight: weight.number() ?? 0 };
}

function readMirror(reading: Reading, field: Field, find: FindBackend): Mirror {
  const { cluster, percent, mutations } = reading.take(field, {
    cluster: hole('cluster'),
    runtime_fraction: { default_value: hole('percent') },
    disable_shadow_host_suffix_append: true,
    request_headers_mutations: maybe('mutations'),
  });
  const backend = backendOf(reading, cluster, find);
  if (mutations.isPresent)
    reading.take(mutations, [{ append: egressMark(`${String(backend.service)}:${String(backend.port)}`) }]);
  return { ...backend, percent: readPercent(reading, percent) };
}

function readAffinity(reading: Reading, field: Field): Affinity {
  if (field.at('cookie').isPresent) {
    const { name, ttl } = reading.take(field, {
      cookie: { name: hole('name'), ttl: hole('ttl'), path: '/' },
    });
    return { cookie: { name: name.text() ?? '', ttl: readTime(reading, ttl) } };
  }
  if (field.at('header').isPresent)
    return { header: reading.take(field, { header: { header_name: hole('name') } }).name.text() ?? '' };
  if (field.at('query_parameter').isPresent)
    return { query: reading.take(field, { query_parameter: { name: hole('name') } }).name.text() ?? '' };
  reading.take(field, { connection_properties: { source_ip: true } });
  return { sourceAddress: true };
}

const previousHosts = {
  name: 'envoy.retry_host_predicates.previous_hosts',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
  },
} as const;

const failure = 'x-meshwright-failure';

function readRetries(reading: Reading, field: Field): Omit<Retries, 'methods'> {
  const got = reading.take(field, {
    retry_on: hole('on'),
    num_retries: hole('attempts'),
    per_try_timeout: maybe('perTry'),
    retriable_status_codes: maybe('codes'),
    retriable_headers: maybe('headers'),
    retry_back_off: { base_interval: hole('base'), max_interval: hole('max') },
    retry_host_predicate: [previousHosts],
    host_selection_retry_max_attempts: 5,
  });
  const words = (got.on.text() ?? '').split(',');
  const codes = got.codes.isPresent ? got.codes.items().map((one) => one.number() ?? 0) : [];
  const own = words.filter(
    (word) => !['retriable-status-codes', 'retriable-headers', 'envoy-ratelimited'].includes(word),
  );
  const anyReset = own.some((word) => ['reset', 'gateway-error', '5xx'].includes(word));
  const reported = ['connect-failure', 'refused-stream'].filter((word) => anyReset || own.includes(word));
  const wanted = [
    ...own,
    ...(codes.length > 0 ? ['retriable-status-codes'] : []),
    ...(anyReset ? ['envoy-ratelimited'] : []),
    ...(reported.length > 0 ? ['retriable-headers'] : []),
  ];
  const isKnown = own.every((word) =>
    /^(?:connect-failure|refused-stream|reset|gateway-error|5xx|cancelled|deadline-exceeded|internal|resource-exhausted|unavailable)$/.test(
      word,
    ),
  );
  if (!isKnown || [...wanted].sort().join() !== [...words].sort().join())
    reading.report(got.on, 'the conditions of the language, and those by which proxies report failures');
  if (reported.length > 0)
    reading.take(
      got.headers,
      reported.map((word) => ({ name: failure, string_match: { exact: word } })),
    );
  else if (got.headers.isPresent) reading.report(got.headers, 'no such field');
  const [base, max] = [milliseconds(got.base), milliseconds(got.max)];
  if (max !== Math.min(base * 10, 36_500 * 86_400_000)) reading.report(got.max, 'waits up to tenfold');
  return {
    attempts: got.attempts.number() ?? 0,
    ...(got.perTry.isPresent && { perTryTimeout: readTime(reading, got.perTry) }),
    on: words.flatMap((word): readonly (string | number)[] => {
      if (word === 'retriable-status-codes') return codes;
      return own.includes(word) ? [word] : [];
    }),
    backoff: readTime(reading, got.base),
  };
}

function milliseconds(field: Field): number {
  const text = field.text() ?? '';
  return Math.round(Number.parseFloat(text) * 1000);
}

/** Returns the changes of headers, without the kinds that change none. */
export function changesOf({
  set,
  add,
  remove,
}: {
  readonly set: object;
  readonly add: object;
  readonly remove: readonly string[];
}) {
  return unlessEmpty({
    ...(Object.keys(set).length > 0 && { set: set as Readonly<Record<string, string>> }),
    ...(Object.keys(add).length > 0 && { add: add as Readonly<Record<string, string>> }),
    ...(remove.length > 0 && { remove }),
  });
}
