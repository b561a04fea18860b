import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { finding } from '../../../diagnostics/message.ts';
import type { Field } from '../../../import/field.ts';
import { messages } from '../../../import/messages.ts';
import { escapeControl } from '../../../lib/escape-control.ts';
import type { HealthCheck, Protocol, ServiceSpec } from '../../../spec/types.gen.ts';
import type { Admission } from './admissions.ts';
import { durationText, millisecondsOf } from './references.ts';
import type { ServiceDrafts } from './service-drafts.ts';

/** Facts about the whole mesh, and the trust domains that listeners name. */
interface Reading {
  readonly isOpen: boolean;
  readonly trustDomains: string[];
  /** Receives findings about what listeners leave open. */
  readonly findings: Diagnostic[];
}

/** Reads a listener of a node into the settings of its service; returns its port. */
export function readListener(
  listener: Field,
  id: string,
  isOutside: boolean,
  drafts: ServiceDrafts,
  reading: Reading,
): { readonly port: number; readonly protocol: Protocol } | undefined {
  const mapping = readPortMapping(listener.at('portMapping'));
  const idleTimeout = readTimeout(listener.at('timeout'));
  if (mapping === undefined) {
    listener.lost({ callers: 'App Mesh refuses a listener without a port' });
    return undefined;
  }
  const { port, protocol } = mapping;
  if (isOutside) {
    for (const name of ['tls', 'outlierDetection', 'connectionPool', 'healthCheck'])
      listener.at(name).lost({ callers: 'a host outside of the mesh is called without it' });
    return mapping;
  }
  const draft = drafts.of(id);
  draft.ports.set(port, protocol);
  const name = drafts.portName(id, port);
  draft.settings = {
    ...draft.settings,
    ...readOutlierDetection(listener.at('outlierDetection')),
    ...readConnections(listener.at('connectionPool'), { ...draft.settings.connections, ...idleTimeout }),
    ...readHealthCheck(listener.at('healthCheck'), name, (number) => drafts.portName(id, number)),
  };
  drafts.admit(id, port, readTls(listener, id, drafts, reading));
  return mapping;
}

/** Reads the port and the protocol of a listener. */
export function readPortMapping(
  field: Field,
): { readonly port: number; readonly protocol: Protocol } | undefined {
  const port = field.at('port').port();
  const protocol = field.at('protocol').text();
  if (port === undefined) return undefined;
  if (protocol === 'http' || protocol === 'http2' || protocol === 'grpc') return { port, protocol };
  return { port, protocol: 'tcp' };
}

/** Reads the time after which idle connections end; 0 keeps them for good, in the language, too. */
function readTimeout(field: Field): { readonly idleTimeout?: string } {
  let read = {};
  for (const [protocol, times] of field.isPresent ? field.entries() : []) {
    if (!['http', 'http2', 'grpc', 'tcp'].includes(protocol)) continue;
    if (times.at('perRequest').isPresent)
      times.at('perRequest').differently({ callers: 'requests end after the time of their route alone' });
    const idle = millisecondsOf(times.at('idle'));
    if (idle !== undefined) read = { idleTimeout: durationText(idle) };
  }
  return read;
}

function readOutlierDetection(field: Field): Pick<ServiceSpec, 'outlierDetection'> {
  if (!field.isPresent) return {};
  const consecutive5xx = field.at('maxServerErrors').number();
  const interval = millisecondsOf(field.at('interval'));
  const ejection = millisecondsOf(field.at('baseEjectionDuration'));
  const maxEjectionPercent = field.at('maxEjectionPercent').number();
  return {
    outlierDetection: {
      ...(consecutive5xx !== undefined && { consecutive5xx }),
      ...(interval !== undefined && interval > 0 && { interval: durationText(interval) }),
      ...(ejection !== undefined && ejection > 0 && { baseEjectionTime: durationText(ejection) }),
      ...(maxEjectionPercent !== undefined && { maxEjectionPercent }),
    },
  };
}

function readConnections(
  field: Field,
  before: NonNullable<ServiceSpec['connections']>,
): Pick<ServiceSpec, 'connections'> {
  const read: { -readonly [K in keyof typeof before]: (typeof before)[K] } = { ...before };
  for (const [protocol, pool] of field.isPresent ? field.entries() : []) {
    if (!['http', 'http2', 'grpc', 'tcp'].includes(protocol)) continue;
    for (const name of ['maxConnections', 'maxPendingRequests', 'maxRequests'] as const) {
      const value = pool.at(name).number();
      if (value === undefined) continue;
      read[name] = value;
      pool
        .at(name)
        .differently({ callers: 'each caller has this limit for itself, not all callers of an instance' });
    }
  }
  return Object.keys(read).length > 0 ? { connections: read } : {};
}

function readHealthCheck(
  field: Field,
  portName: string | undefined,
  nameOf: (port: number) => string | undefined,
): Pick<ServiceSpec, 'healthCheck'> {
  if (!field.isPresent) return {};
  const protocol = field.at('protocol').text();
  const other = field.at('port').port();
  const path = field.at('path').text();
  const interval = field.at('intervalMillis').number();
  const timeout = field.at('timeoutMillis').number();
  const healthy = field.at('healthyThreshold').number();
  const unhealthy = field.at('unhealthyThreshold').number();
  const port = other === undefined ? portName : nameOf(other);
  if (port === undefined) {
    field.lost({ callers: 'the port that is checked is none of the service, so nobody asks' });
    return {};
  }
  const check: HealthCheck = {
    port,
    ...(protocol === 'grpc' ? { grpc: true as const } : {}),
    ...(protocol === 'http' || protocol === 'http2' ? { path: path ?? '/' } : {}),
    ...(interval !== undefined && { interval: durationText(interval) }),
    ...(timeout !== undefined && { timeout: durationText(timeout) }),
    ...(unhealthy !== undefined && { unhealthy }),
    ...(healthy !== undefined && { healthy }),
  };
  if (path !== undefined && protocol !== 'http' && protocol !== 'http2')
    field.at('path').withoutEffect('checks of this protocol have no path');
  return { healthCheck: check };
}

function readTls(
  listener: Field,
  id: string,
  drafts: ServiceDrafts,
  { isOpen, trustDomains, findings }: Reading,
): Admission {
  const tls = listener.at('tls');
  const draft = drafts.of(id);
  const mode = tls.at('mode').text();
  tls.at('certificate').withoutEffect('the mesh gives certificates to its proxies itself');
  const trust = tls.along('validation', 'trust');
  const domain = trust.along('sds', 'secretName').value;
  trust.withoutEffect('proxies trust the authority of the mesh');
  const isOfMesh = typeof domain === 'string' && /^spiffe:\/\/[a-z0-9.-]+$/.test(domain);
  if (isOfMesh) trustDomains.push(domain.slice('spiffe://'.length));
  const names = tls.along('validation', 'subjectAlternativeNames', 'match', 'exact').texts();
  const isStrict = mode === 'STRICT';
  const isPlain = mode === undefined || mode === 'DISABLED';
  const isVerified = isOfMesh && (isStrict || mode === 'PERMISSIVE');
  if (isStrict && !trust.isPresent)
    tls.at('mode').differently({
      callers: 'callers over TLS that show no certificate were let in, and are refused now',
      access: 'narrower',
    });
  if (!isStrict && (names !== undefined || (!isOpen && !isVerified)))
    listener.along('portMapping', 'protocol').differently({
      callers: 'pods without a certificate could call it in plain text, and are refused now',
      access: 'narrower',
    });
  if (names === undefined) {
    const admission = { isStrict, isPlain, isVerified };
    findings.push(...unnamedCallers(listener, id, admission, isOpen));
    return admission;
  }
  const field = tls.along('validation', 'subjectAlternativeNames');
  for (const name of names) trustDomains.push(...domainOf(name));
  const accounts = names.filter((name) => domainOf(name)[0] === trustDomains[0] && domainOf(name).length > 0);
  if (accounts.length < names.length)
    field.differently({
      callers:
        'callers are known by SPIFFE IDs of accounts of the mesh, so those with another name in their certificate are refused',
      access: 'narrower',
    });
  draft.accessFrom.push(field);
  return { isStrict, isPlain, isVerified, names: accounts };
}

/** Returns the warning about a listener that takes every certificate of its authority. */
function unnamedCallers(
  listener: Field,
  id: string,
  { isPlain, isVerified }: Admission,
  isOpen: boolean,
): readonly Diagnostic[] {
  const trust = listener.along('tls', 'validation', 'trust');
  if (!trust.isPresent || isPlain || (!isOpen && !isVerified)) return [];
  const authority = [trust.along('sds', 'secretName'), trust.along('file', 'certificateChain')]
    .map(({ value }) => value)
    .find((value) => typeof value === 'string');
  const values = {
    port: Number(listener.along('portMapping', 'port').value),
    object: id,
    authority: escapeControl(authority ?? 'its authority'),
    calls: isOpen ? 'as every node may call every other' : 'also a caller that no node stands for',
  };
  return [finding(messages, 'MESH7025', trust.location, values)];
}

/** Returns the trust domain in the SPIFFE ID of an account; empty for any other name. */
function domainOf(name: string): readonly string[] {
  const [, domain] = /^spiffe:\/\/([a-z0-9.-]+)\/ns\/[a-z0-9-]+\/sa\/[a-z0-9.-]+$/.exec(name) ?? [];
  return domain === undefined ? [] : [domain];
}
