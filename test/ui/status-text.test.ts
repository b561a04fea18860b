import { describe, expect, test } from 'vitest';
import type { ArrivedObject } from '../../src/core/outputs/arrived-object.ts';
import type { ProxyStatus, TargetStatus } from '../../src/core/status/status.ts';
import { palette } from '../../src/ui/palette.ts';
import { statusText } from '../../src/ui/status-text.ts';

const now = new Date('2026-11-25T12:00:00Z');

const applied: NonNullable<TargetStatus['applied']> = {
  id: '01M89Q48970W7TG4A7Q61FYXRE',
  command: 'apply',
  started: '2026-11-25T11:00:00Z',
  actor: 'ann@ci',
  tool: 'mesh/0.1.0',
  planId: 'abc',
  outcome: 'succeeded',
};

/** Returns the first line of an applied target with proxies in these states. */
function answer(...states: readonly ProxyStatus['state'][]): string {
  const status: TargetStatus = {
    applied,
    revision: '000001-make-abc',
    proxies: states.map((state, i) => ({ id: `shop-web-v1-${String(i)}`, state })),
    certificates: [],
    differing: [],
  };
  return statusText('prod', status, now, palette(false), 80).split('\n')[0] ?? '';
}

/** Returns the text of a target whose objects somebody else carries. */
function carried(...objects: readonly ArrivedObject[]): string {
  const status: TargetStatus = { proxies: [], objects, certificates: [], differing: [] };
  return statusText('eu', { ...status, applied }, now, palette(false), 100);
}

describe('the objects of a status', () => {
  const good: ArrivedObject = { ref: 'core/Service/shop/web', state: 'healthy' };

  test('are counted, those that need attention are named first, and control characters are escaped', () => {
    const text = carried(
      good,
      { ref: 'core/Service/shop/a', state: 'missing' },
      { ref: 'core/Service/shop/b', state: 'failed', detail: 'no\u001b[31m address' },
    );
    expect(text).toContain('Target eu  not healthy');
    const row = text.replaceAll(/\s+/g, ' ');
    expect(row).toContain('1 not there, 1 failed, 1 healthy: core/Service/shop/a; core/Service/shop/b (no');
    expect(text).not.toContain('\u001b');
  });

  test('without a status are reported as arrived, without their health', () => {
    expect(carried(good, { ref: 'core/Service/shop/a', state: 'unknown' })).toContain(
      'Target eu  arrived, health unknown',
    );
    expect(carried(good)).toContain('Target eu  healthy');
  });
});

describe('the first line of a status', () => {
  test('is healthy if every proxy has the revision', () => {
    expect(answer('accepted', 'accepted')).toBe('Target prod  healthy');
  });

  test('says if only some proxies have ever answered', () => {
    expect(answer('accepted', 'unseen')).toBe('Target prod  healthy as far as seen');
  });

  test('does not report health if no proxy has answered, or the target starts none', () => {
    expect(answer('unseen', 'unseen')).toBe('Target prod  applied, health unknown');
    expect(answer()).toBe('Target prod  applied, health unknown');
  });

  test('says that a proxy is behind', () => {
    expect(answer('accepted', 'behind')).toBe('Target prod  not healthy');
  });
});

test('proxies that do not answer are followed by the command that starts them', () => {
  const row = (state: ProxyStatus['state'], foreign = false) => {
    const proxies: readonly ProxyStatus[] = [{ id: 'web', state, ...(foreign && { foreign }) }];
    const status: TargetStatus = { applied, proxies, certificates: [], differing: [] };
    return statusText('prod', status, now, palette(false), 80).replaceAll(/\s+/g, ' ');
  };
  expect(row('unseen')).toContain('web (); mesh up starts proxies on this machine');
  expect(row('silent')).toContain('mesh up starts proxies on this machine');
  expect(row('behind')).not.toContain('mesh up');
  expect(row('silent', true)).not.toContain('mesh up');
});
