import type { Arms } from '../../../../src/core/evidence/arms.ts';

/** Arms that are told apart by the label `version`; a request is bad by its status, or if it timed out. */
export const countedArms: Arms = {
  counters: (['baseline', 'candidate'] as const).flatMap((arm) => {
    const matchers = [{ label: 'version', op: '=', value: arm === 'baseline' ? 'v1' : 'v2' }] as const;
    const bad = [
      [{ label: 'code', op: '=~', value: '5..' }],
      [{ label: 'flags', op: '=~', value: '(?:.*,)?UT(?:,.*)?' }],
    ] as const;
    return [
      {
        arm,
        side: 'client',
        requests: { metric: 'requests', matchers },
        bad,
        times: { type: 'buckets', series: { metric: 'ms_bucket', matchers }, milliseconds: 1 },
      },
      { arm, side: 'server', requests: { metric: 'served', matchers }, bad: [bad[0]] },
    ] as const;
  }),
  alive: { client: { metric: 'up', matchers: [] }, server: { metric: 'serving', matchers: [] } },
  proxyLabels: ['pod'],
  names: { a: 'web-1' },
  all: [{ metric: 'requests', matchers: [{ label: 'service', op: '=', value: 'api' }] }],
  notes: [],
};
