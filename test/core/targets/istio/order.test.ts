import { expect, test } from 'vitest';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import { order } from '../../../../src/core/targets/istio-objects/order.ts';

test('a filter exists before a policy that reads its record, and is removed after it', () => {
  const object = (kind: string, name: string, spec: object): ObjectArtifact =>
    ({
      type: 'object',
      kind,
      namespace: 'shop',
      name,
      manifest: { kind, spec },
    }) as unknown as ObjectArtifact;
  const reading = (note: string): ObjectArtifact =>
    object('AuthorizationPolicy', 'deny.api', { action: 'DENY', rules: [{ when: [{ key: note }] }] });
  const [before, after] = [object('EnvoyFilter', 'mesh-a.api', {}), object('EnvoyFilter', 'mesh-b.api', {})];
  const wave = order([before, reading('a')], [after, reading('b')]);
  const policy = wave({ before: reading('a'), after: reading('b') });
  expect(wave({ after })).toBeLessThan(policy);
  expect(wave({ before })).toBeGreaterThan(policy);
});
