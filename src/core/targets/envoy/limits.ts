import type { Ir } from '../../ir/ir.ts';
import { uncountedSplits } from '../envoy-filters/uncounted-splits.ts';
import type { Limit, LowerContext } from '../target.ts';
import { egressListener } from './cluster-set.ts';
import { askedPort } from './health-checks.ts';

const noSecrets = 'Secrets are objects of a cluster, and machines have none; name files instead';
const noTls = 'calls to that host fail with 503';
const noApplication = 'calls to that port fail with 503';
const noListener = 'connections to that listener are closed';

/** Returns the limits for features that files can't express (material in a Secret), and the limits of this version. */
export function limits(ir: Ir, { version }: LowerContext): readonly Limit[] {
  const externals = Object.values(ir.externals).flatMap(({ tls }): readonly Limit[] =>
    tls?.ca?.type === 'secret' || tls?.clientCertificate !== undefined
      ? [{ feature: 'external.tls', reason: noSecrets, callers: noTls, origin: tls.origin }]
      : [],
  );
  const listeners = Object.values(ir.gateways)
    .flatMap((gateway) => gateway.listeners)
    .flatMap(({ tls }): readonly Limit[] =>
      tls?.certificate.type === 'secret' || tls?.clientCertificates?.ca.type === 'secret'
        ? [{ feature: 'gateway.tls', reason: noSecrets, callers: noListener, origin: tls.origin }]
        : [],
    );
  const applications = Object.values(ir.services)
    .flatMap(({ ports }) => ports)
    .flatMap(({ tls }): readonly Limit[] =>
      tls?.ca?.type === 'secret'
        ? [{ feature: 'service.tls', reason: noSecrets, callers: noApplication, origin: tls.origin }]
        : [],
    );
  const unasked = Object.values(ir.services).flatMap((service): readonly Limit[] => {
    const { healthCheck } = service;
    if (healthCheck === undefined || askedPort(service, healthCheck) !== undefined) return [];
    const reason =
      'a connection to the proxy of a port without HTTP and without mTLS says nothing of the application';
    const callers = 'instances that fail their check still get calls';
    return [{ feature: 'service.health-check', reason, callers, origin: healthCheck.origin }];
  });
  return [
    ...externals,
    ...listeners,
    ...applications,
    ...unasked,
    ...unreadCallers(ir),
    ...uncountedSplits(ir),
    ...labels(ir, version),
  ];
}

/** Returns the limits of `tls` listeners, which can't read what they forward, including the caller's identity. */
function unreadCallers(ir: Ir): readonly Limit[] {
  return Object.values(ir.externals).flatMap((external): readonly Limit[] => {
    const gateway = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
    if (gateway === undefined || external.from === undefined) return [];
    const unread = external.ports.find((port) => egressListener(gateway, external, port)?.protocol === 'tls');
    const reason = 'an egress gateway that passes TLS on can not tell who calls, so `from` is not kept there';
    const callers = 'a service that `from` leaves out gets through';
    return unread === undefined
      ? []
      : [{ feature: 'external.gateway', reason, callers, origin: unread.origin }];
  });
}

/** Returns the limits on labels: Envoy has the logger that counts with labels since 1.39. */
function labels({ telemetry }: Ir, version: string): readonly Limit[] {
  const minor = /^1\.(\d+)/.exec(version)?.[1];
  if (minor === undefined || Number(minor) >= 39) return [];
  return telemetry.metricLabels.map(({ origin }) => ({
    feature: 'telemetry.metric-labels',
    reason: `Envoy ${version} counts without labels; 1.39 is the first that can`,
    callers: 'requests are served alike, their metrics lack the labels',
    origin,
  }));
}
