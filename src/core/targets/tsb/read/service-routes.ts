import { defined, unlessEmpty } from '../../../import/defined.ts';
import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, Fault, LoadBalancing, Mirror, RouteRule, Version } from '../../../spec/types.gen.ts';
import { readDuration } from '../../istio-objects/read/http-settings.ts';
import { serviceOf } from './hierarchy.ts';
import { readBackend, readMatches } from './rules.ts';

/** Reads a ServiceRoute: the versions of a service, and where calls to it go. */
export function readServiceRoute(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const { root } = document;
  const spec = root.at('spec');
  const id = serviceOf(spec.at('service').text() ?? '', context);
  readRest(spec);
  const { versions, shares } = readSubsets(spec.at('subsets'));
  const loadBalancing = readSticky(spec.at('stickySession'));
  const rules = (['http', 'tcp'] as const).flatMap((protocol) =>
    spec
      .at(`${protocol}Routes`)
      .items()
      .flatMap((item) => readRule(item, protocol, context) ?? []),
  );
  if (id === undefined) {
    context.refuse(document, 'its service is no service of the mesh');
    return [];
  }
  if (context.inventory.service(id) === undefined)
    context.guess(id, { protocol: 'http' }, spec.at('service'));
  const [namespace = '', name = ''] = id.split('/');
  const written = [...rules, ...restOf(rules, shares)];
  const common = { namespace, name, from: [root], beside: id };
  const service: ReadDocument = {
    kind: 'Service',
    ...common,
    spec: defined({ versions: unlessEmpty(versions), loadBalancing }),
  };
  if (written.length === 0) return [service];
  return [service, { kind: 'Route', ...common, spec: { service: name, rules: written } }];
}

/** Returns the rule for calls that no other takes: the shares of the subsets, else the service itself. */
function restOf(rules: readonly RouteRule[], shares: readonly Backend[]): readonly RouteRule[] {
  if (rules.some(({ match }) => match === undefined)) return [];
  if (shares.length > 0) return [{ backends: shares }];
  return rules.length > 0 ? [{ backends: [{}] }] : [];
}

function readRest(spec: Field): void {
  for (const name of ['displayName', 'description', 'configGenerationMetadata', 'fqn', 'etag'])
    spec.at(name).withoutEffect('it changes nothing for callers');
  spec.at('argoRollout').lost({ callers: 'no rollout moves the weights: write a Rollout' });
  spec
    .at('portLevelSettings')
    .lost({ callers: 'ports have the protocol of their Service, and no settings of their own' });
}

function readSubsets(list: Field): {
  readonly versions: Readonly<Record<string, Version>>;
  readonly shares: readonly Backend[];
} {
  const versions: Record<string, Version> = {};
  const shares: Backend[] = [];
  for (const subset of list.items()) {
    const name = subset.at('name').text() ?? '';
    const labels = subset.at('labels').labels() ?? {};
    const weight = subset.at('weight').number();
    subset.at('portLevelSettings').lost({ callers: 'a version has no settings of its own for a port' });
    if (!isDnsLabel(name)) {
      subset.lost({ callers: 'there is no version of this name' });
      continue;
    }
    versions[name] = { labels };
    if (weight !== undefined && weight > 0) shares.push({ version: name, weight });
  }
  return { versions, shares };
}

function readSticky(field: Field): LoadBalancing | undefined {
  if (!field.isPresent) return undefined;
  const [header, cookie] = [field.at('header').text(), field.at('cookie')];
  const name = cookie.at('name').text();
  if (header !== undefined) return { affinity: { header } };
  if (name !== undefined)
    return {
      affinity: {
        cookie: { name, ...defined({ path: cookie.at('path').text(), ttl: readDuration(cookie.at('ttl')) }) },
      },
    };
  return field.at('useSourceIp').boolean() === true ? { affinity: { sourceAddress: true } } : undefined;
}

function readRule(item: Field, protocol: 'http' | 'tcp', context: ReadContext): RouteRule | undefined {
  item.at('name').withoutEffect('names of rules stand in logs alone');
  item.at('flagger').lost({ callers: 'no rollout moves the weights: write a Rollout' });
  const matches = readMatches(item.at('match'));
  const destinations = item.at('destination').items();
  const backends = destinations.flatMap((one): readonly Backend[] => {
    const backend = readBackend(one.at('destinationHost'), one.at('port'), context, protocol);
    const version = one.at('subset').text();
    const weight = one.at('weight').number();
    if (backend === undefined) return [];
    return [{ ...backend, ...defined({ version }), ...(destinations.length > 1 && { weight: weight ?? 0 }) }];
  });
  const fault = readFault(item.at('fault'));
  const mirror = item
    .at('mirrors')
    .items()
    .flatMap((one) => readMirror(one, context));
  if (matches === undefined || (backends.length === 0 && destinations.length > 0)) {
    item.lost({ callers: 'such requests go by the next rule' });
    return undefined;
  }
  return {
    ...(matches.length > 0 && { match: matches }),
    ...(backends.length > 0 && { backends }),
    ...(fault && { fault }),
    ...(mirror.length > 0 && { mirror }),
    // A fault turns times and tries of its rule off.
    ...(fault && { timeout: '0s', retries: { attempts: 0 } }),
  };
}

function readFault(field: Field): Fault | undefined {
  if (!field.isPresent) return undefined;
  const [delay, abort] = [field.at('delay'), field.at('abort')];
  const duration = readDuration(delay.at('fixedDelay'));
  const status = abort.at('httpStatus').number();
  abort.at('grpcStatus').lost({ callers: 'calls of gRPC are not aborted with this status' });
  const [delayed, aborted] = [delay.at('percentage').number() ?? 0, abort.at('percentage').number() ?? 0];
  const fault = {
    ...(duration !== undefined && delayed > 0 && { delay: { duration, percent: delayed } }),
    ...(status !== undefined && aborted > 0 && { abort: { status, percent: aborted } }),
  };
  return Object.keys(fault).length === 0 ? undefined : fault;
}

function readMirror(item: Field, context: ReadContext): readonly Mirror[] {
  const backend = readBackend(item.at('host'), item.at('port'), context);
  const percent = item.at('percentage').number() ?? 100;
  const version = item.at('subset').text();
  return backend === undefined ? [] : [{ ...backend, ...defined({ version }), percent }];
}
