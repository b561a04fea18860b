import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/lib/json.ts';
import { healthOf } from '../../../../src/core/outputs/kubernetes/health.ts';
import type { LiveMetadata, LiveObject } from '../../../../src/ports/cluster.ts';

describe('an object is', () => {
  test.each<[string, LiveObject, string, RegExp]>([
    ['unknown without a status', live('VirtualService'), 'unknown', /no controller has written a status/],
    ['current if its kind never has one', live('ConfigMap'), 'current', /^$/],
    [
      'terminating while finalizers hold it',
      live('ConfigMap', undefined, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x/y'] }),
      'terminating',
      /waits for x\/y/,
    ],
    // kstatus: if a generation has not been observed, the object is in progress, whatever the conditions say.
    [
      'in progress until its controller saw the last change',
      live('Gateway', { observedGeneration: 1, conditions: [condition('Ready', 'True')] }, { generation: 2 }),
      'in progress',
      /has not seen/,
    ],
    [
      'in progress if a condition is of an older generation (Gateway API)',
      live(
        'Gateway',
        { conditions: [{ ...condition('Accepted', 'True'), observedGeneration: 1 }] },
        { generation: 2 },
      ),
      'in progress',
      /older version/,
    ],
    [
      'current when accepted and programmed',
      live('Gateway', { conditions: [condition('Accepted', 'True'), condition('Programmed', 'True')] }),
      'current',
      /^$/,
    ],
    [
      'in progress while it is not programmed yet (reason Pending)',
      live('Gateway', {
        conditions: [condition('Accepted', 'True'), condition('Programmed', 'False', 'Pending')],
      }),
      'in progress',
      /Programmed is False \(Pending/,
    ],
    [
      'in progress while a gateway has no address yet',
      live('Gateway', {
        conditions: [condition('Accepted', 'True'), condition('Programmed', 'False', 'AddressNotAssigned')],
      }),
      'in progress',
      /Programmed is False \(AddressNotAssigned/,
    ],
    [
      'failed if it is not accepted',
      live('Gateway', { conditions: [condition('Accepted', 'False', 'InvalidParameters')] }),
      'failed',
      /Accepted is False \(InvalidParameters: words\)/,
    ],
    [
      'failed if stalled (kstatus)',
      live('X', { conditions: [condition('Stalled', 'True')] }),
      'failed',
      /Stalled/,
    ],
    [
      'in progress if reconciling (kstatus)',
      live('X', { conditions: [condition('Reconciling', 'True')] }),
      'in progress',
      /Recon/,
    ],
    [
      'failed if one of its parents refuses it, with the name of the parent',
      live('HTTPRoute', {
        parents: [
          {
            parentRef: { name: 'a' },
            conditions: [condition('Accepted', 'True'), condition('ResolvedRefs', 'True')],
          },
          {
            parentRef: { name: 'b' },
            conditions: [condition('Accepted', 'True'), condition('ResolvedRefs', 'False')],
          },
        ],
      }),
      'failed',
      /^parent b: ResolvedRefs is False/,
    ],
    ['unknown if no parent has answered', live('HTTPRoute', { parents: [] }), 'unknown', /no parent/],
    ['current as a Service without a load balancer', live('Service', {}), 'current', /^$/],
    [
      'in progress as a load balancer without an address',
      { ...live('Service', { loadBalancer: {} }), spec: { type: 'LoadBalancer' } },
      'in progress',
      /no address/,
    ],
    [
      'in progress as a Deployment with missing replicas',
      { ...live('Deployment', { updatedReplicas: 2, availableReplicas: 1 }), spec: { replicas: 2 } },
      'in progress',
      /^1 of 2 replicas/,
    ],
  ])('%s', (_, object, state, why) => {
    const health = healthOf(object);
    expect(health.state).toBe(state);
    expect(health.why).toMatch(why);
  });
});

function live(kind: string, status?: Json, metadata: Partial<LiveMetadata> = {}): LiveObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'a', ...metadata },
    ...(status !== undefined && { status }),
  };
}

function condition(type: string, status: string, reason = 'Reason'): Readonly<Record<string, Json>> {
  return { type, status, reason, message: 'words' };
}
