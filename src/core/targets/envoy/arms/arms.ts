import type {
  ArmCounter,
  ArmQuestion,
  Arms,
  LabelMatcher,
  NoArms,
  ScrapedProxy,
} from '../../../evidence/arms.ts';
import type { Ir } from '../../../ir/ir.ts';
import { readsRequests, type Service } from '../../../ir/service.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { envoyClass, envoyNotes } from '../../arm-counters/envoy-classes.ts';
import { oneOf } from '../../arm-counters/one-of.ts';
import { clusterName } from '../cluster-name.ts';
import { proxies } from '../proxies.ts';
import { scopes } from '../scopes.ts';
import { armMetrics, exposedName } from './arm-metrics.ts';
import { copyCounter } from './copy-counter.ts';

/** Returns the counters that `arm-loggers.ts` makes proxies keep. */
export function arms(ir: Ir, question: ArmQuestion): Arms | NoArms {
  const service = ir.services[question.service];
  const ports = (service?.ports ?? []).filter(
    (port) => service !== undefined && readsRequests(service, port),
  );
  if (service === undefined || ports.length === 0)
    return { why: `${question.service} has no port whose requests proxies can tell apart` };
  const bad = question.bad.map((one) => envoyClass(one, labels));
  const copied = question.copies === true ? copyCounter(question.bad, question.slowAbove) : undefined;
  if (copied !== undefined && copied.bad.length === 0)
    return { why: 'copies of requests are counted by HTTP status alone: add 5xx to `bad`' };
  const counters = (['baseline', 'candidate'] as const).flatMap((arm): readonly ArmCounter[] => {
    const version = question[arm];
    const clusters = ports.map(({ name: port }) => clusterName(ir, { service: service.id, version, port }));
    const ofArm: readonly LabelMatcher[] = [oneOf('cluster', clusters)];
    const { slowAbove } = question;
    const slow = { metric: exposedName(armMetrics.slow), matchers: ofArm };
    const judged = copied && { arm, side: 'client' as const, ...copied.of(clusters) };
    return [
      judged ?? {
        arm,
        side: 'client',
        requests: { metric: exposedName(armMetrics.requests), matchers: ofArm },
        bad,
        ...(slowAbove !== undefined && { times: { type: 'slower', series: slow, max: slowAbove } }),
      },
      { arm, side: 'server', requests: served(service, version), bad },
    ];
  });
  const known = proxies(ir);
  return {
    counters,
    alive: { client: live, server: live },
    proxyLabels: ['instance'],
    names: Object.fromEntries(known.map(({ admin, id }) => [admin, id])),
    proxies: scraped(ir, service, question),
    all: [
      {
        metric: 'envoy_cluster_upstream_rq_completed',
        matchers: [
          {
            label: 'envoy_cluster_name',
            op: '=~',
            value: allClusters(
              service,
              ports.map(({ name }) => name),
            ),
          },
        ],
      },
    ],
    notes: [...envoyNotes(question.bad), ...(copied?.notes ?? [])],
  };
}

/** The gauge that each running Envoy has exactly once. */
const live = { metric: 'envoy_server_live', matchers: [] } as const;

function served({ id }: Service, version: string): ArmCounter['requests'] {
  return {
    metric: exposedName(armMetrics.served),
    matchers: [
      { label: 'service', op: '=', value: id },
      { label: 'version', op: '=', value: version },
    ],
  };
}

/**
 * Returns a regular expression for all clusters of a service: those of single versions, and that of all versions
 * together.
 */
function allClusters({ id }: Service, ports: readonly string[]): string {
  return `${quoteRegex(id)}/[^/]+/(?:${ports.map(quoteRegex).join('|')})`;
}

/** The tags of the counters that `arm-loggers.ts` defines. */
const labels = { code: 'code', flags: 'flags', grpc: 'grpc' } as const;

/** Returns the proxies that call the service and those that serve an arm, sorted by id. */
function scraped(ir: Ir, service: Service, { baseline, candidate }: ArmQuestion): readonly ScrapedProxy[] {
  const callers = new Set(
    scopes(ir)
      .filter(({ services }) => services.includes(service))
      .flatMap(({ members }) => members.map(({ instance }) => instance.id)),
  );
  const arm = new Set<string>([baseline, candidate]);
  return proxies(ir)
    .flatMap((proxy): readonly ScrapedProxy[] => {
      const isCaller = callers.has(proxy.id) || ir.gateways[proxy.service] !== undefined;
      const serves = proxy.service === service.id && arm.has(proxy.version);
      const sides = [...(isCaller ? (['client'] as const) : []), ...(serves ? (['server'] as const) : [])];
      return sides.length === 0 ? [] : [{ id: proxy.id, address: proxy.admin, path, sides }];
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

const path = '/stats/prometheus';
