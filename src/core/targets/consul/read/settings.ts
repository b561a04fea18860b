import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Connections, LoadBalancing } from '../../../spec/types.gen.ts';
import { isText } from './conditions.ts';
import { readDuration } from './durations.ts';
import { lostUnlessEmpty } from './empty.ts';
import { closedPaths, readExtensions } from './mesh.ts';
import type { ServiceNames } from './services.ts';
import { readSubsets } from './subsets.ts';

const elsewhere = 'this reader takes services of one datacenter and one partition';

/** Returns the protocol and the settings that a ServiceDefaults gives its service. */
export function readDefaults(
  document: NativeDocument,
  names: ServiceNames,
  context: ReadContext,
): readonly ReadDocument[] {
  const { root, name } = document;
  const spec = root.at('spec');
  const id = names.idOf(name, context.namespaceOf(document), root.along('metadata', 'name'));
  spec.at('protocol').text();
  const rateLimit = readRateLimit(spec.along('rateLimits', 'instanceLevel'));
  const mode = spec.at('mutualTLSMode').text();
  readRest(spec);
  if (id === undefined) {
    context.refuse(document, 'its name is no DNS label');
    return [];
  }
  const [namespace = '', service = ''] = id.split('/');
  const first = names.portOf(name)?.port ?? names.known(name, context.namespaceOf(document))?.ports[0];
  const known = names.protocolOf(name);
  if (mode === 'permissive')
    spec.at('mutualTLSMode').differently({
      callers: 'calls in plain text, which no intention refuses, need an Access that lets anyone in',
      access: 'narrower',
    });
  return [
    {
      kind: 'Service',
      namespace,
      name: service,
      spec: {
        ...(first !== undefined &&
          known !== undefined && { ports: { [first.name]: { port: first.port, protocol: known } } }),
        ...(mode === 'permissive' && { mtls: 'permissive' as const }),
        ...(rateLimit && { rateLimit }),
      },
      from: [spec.isPresent ? spec : root],
      beside: id,
    },
  ];
}

/** Reads the ServiceDefaults of a name that only divides requests: no proxy serves it. */
export function readDivider({ root }: NativeDocument): readonly ReadDocument[] {
  const spec = root.at('spec');
  spec.at('protocol').text();
  for (const [name, field] of spec.entries())
    if (name !== 'protocol') field.withoutEffect('no instance has this name');
  return [];
}

/** Accounts for settings of the server's proxy that the language has no form for. */
function readRest(spec: Field): void {
  spec.at('balanceInboundConnections').withoutEffect('it spreads connections over the threads of one proxy');
  lostUnlessEmpty(spec.at('localConnectTimeoutMs'), {
    callers: 'a connection of a proxy to its application is given up after 5 s',
  });
  lostUnlessEmpty(spec.at('localRequestTimeoutMs'), {
    callers: 'the proxy of the server ends no request by a time of its own',
  });
  lostUnlessEmpty(spec.at('maxInboundConnections'), {
    callers: 'the proxy of the server takes any number of connections',
  });
  readExtensions(spec.at('envoyExtensions'));
  lostUnlessEmpty(spec.at('destination'), {
    callers: 'calls to the host outside of the mesh go by the posture of egress',
  });
  lostUnlessEmpty(spec.at('externalSNI'), {
    callers: 'calls by way of a terminating gateway have no server name of their own',
  });
  lostUnlessEmpty(spec.at('meshGateway'), { callers: 'calls to other datacenters do not pass a gateway' });
  lostUnlessEmpty(spec.at('expose'), closedPaths);
  spec.at('mode').withoutEffect('how a proxy takes the calls of its application changes nothing for them');
  lostUnlessEmpty(spec.at('transparentProxy'), {
    callers: 'instances can not be called by their own addresses',
  });
}

/** Returns the protocol that the settings of all proxies give to services without a ServiceDefaults. */
export function usualProtocols(names: ServiceNames): readonly ReadDocument[] {
  return names.usualServices().flatMap(([service, protocol]): readonly ReadDocument[] => {
    const { namespace, name, ports } = service;
    const [first] = ports;
    if (first === undefined || first.protocol === protocol) return [];
    const spec = { ports: { [first.name]: { port: first.port, protocol } } };
    return [{ kind: 'Service', namespace, name, spec, from: [], beside: `${namespace}/${name}` }];
  });
}

function readRateLimit(level: Field) {
  if (!level.isPresent) return undefined;
  const requests = level.at('requestsPerSecond').number();
  const most = level.at('requestsMaxBurst').number();
  level.at('routes').lost({ callers: 'paths have no limits of their own' });
  if (requests === undefined || !Number.isInteger(requests) || requests < 1) return undefined;
  const burst = most === undefined ? 0 : Math.max(0, Math.round(most) - requests);
  return { requests, per: '1s', ...(burst > 0 && { burst }) };
}

/**
 * Returns the versions and settings that a ServiceResolver gives its service; `isFirst` is true without a router or splitter
 * of this name.
 */
export function readResolver(
  document: NativeDocument,
  names: ServiceNames,
  context: ReadContext,
  isFirst: boolean,
): readonly ReadDocument[] {
  const { root, name } = document;
  const spec = root.at('spec');
  const versions = readSubsets(spec.at('subsets'));
  const connectTimeout = readDuration(spec.at('connectTimeout'));
  const said = readDuration(spec.at('requestTimeout'));
  if (!isFirst)
    spec.at('requestTimeout').withoutEffect('calls go by a router or splitter first, which have their own');
  const timeout = isFirst ? said : undefined;
  const loadBalancing = readLoadBalancer(spec.at('loadBalancer'));
  lostUnlessEmpty(spec.at('failover'), {
    callers: 'no other service takes the calls when no instance is healthy',
  });
  lostUnlessEmpty(spec.at('prioritizeByLocality'), { callers: 'near instances are not preferred' });
  for (const field of [
    spec.at('defaultSubset'),
    ...['service', 'serviceSubset'].map((key) => spec.along('redirect', key)),
  ])
    field.withoutEffect('routes and splits name the subset themselves');
  markRedirect(spec.at('redirect'));
  for (const key of ['datacenter', 'namespace', 'partition', 'peer', 'samenessGroup'])
    spec.at('redirect').at(key).lost({ callers: elsewhere });
  const id = names.idOf(name, context.namespaceOf(document), root.along('metadata', 'name'));
  if (id === undefined) {
    context.refuse(document, 'its name is no DNS label');
    return [];
  }
  const [namespace = '', service = ''] = id.split('/');
  const connections: Connections = {
    ...(connectTimeout !== undefined && connectTimeout !== '0s' && { connectTimeout }),
  };
  return [
    {
      kind: 'Service',
      namespace,
      name: service,
      spec: {
        ...(Object.keys(versions).length > 0 && { versions }),
        ...(timeout !== undefined && { timeout }),
        ...(Object.keys(connections).length > 0 && { connections }),
        ...(loadBalancing && { loadBalancing }),
      },
      from: [root],
      beside: id,
    },
  ];
}

/** Consul refuses a redirect to a subset without a service. */
function markRedirect(redirect: Field): void {
  const subset = redirect.at('serviceSubset');
  if ((redirect.at('service').value ?? '') === '' && (subset.value ?? '') !== '')
    subset.lost({
      callers: 'a redirect to a subset without a service leads nowhere, since Consul refuses it',
    });
}

const algorithms = {
  random: 'random',
  round_robin: 'round-robin',
  least_request: 'least-request',
  ring_hash: 'ring-hash',
  maglev: 'maglev',
} as const;

function readLoadBalancer(balancer: Field): LoadBalancing | undefined {
  if (!balancer.isPresent) return undefined;
  const policy = balancer.at('policy').text() ?? '';
  const algorithm = Object.hasOwn(algorithms, policy)
    ? algorithms[policy as keyof typeof algorithms]
    : undefined;
  balancer.at('ringHashConfig').withoutEffect('the size of the ring changes only how evenly keys are spread');
  balancer
    .at('leastRequestConfig')
    .withoutEffect('the number of instances that are compared changes only how evenly calls are spread');
  const [first, ...others] = balancer.at('hashPolicies').items();
  for (const other of others) other.lost({ callers: 'callers are told apart by the first key alone' });
  const affinity = first === undefined ? undefined : readAffinity(first);
  if (affinity !== undefined && (algorithm === 'ring-hash' || algorithm === 'maglev'))
    return { algorithm, affinity };
  return algorithm === undefined ? undefined : { algorithm };
}

function readAffinity(policy: Field): LoadBalancing['affinity'] | undefined {
  policy.at('terminal').withoutEffect('there is no other key after this one');
  if (policy.at('sourceIP').boolean() === true) return { sourceAddress: true };
  const [field, value] = [policy.at('field').text(), policy.at('fieldValue').text()];
  if (value === undefined || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value)) return undefined;
  if (field === 'header') return { header: value };
  if (field === 'query_parameter') return { query: value };
  if (field !== 'cookie') return undefined;
  const config = policy.at('cookieConfig');
  const ttl = readDuration(config.at('ttl'));
  config.at('session').boolean();
  const path = config.at('path').text();
  return {
    cookie: {
      name: value,
      ...(ttl !== undefined && { ttl }),
      ...(path !== undefined && path.startsWith('/') && isText(path) && { path }),
    },
  };
}
