import { describe, expect, it } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Share } from '../../../../src/core/ir/weights/share.ts';
import { withWeights } from '../../../../src/core/ir/weights/with-weights.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { document, linked, mesh } from '../linked.ts';

const documents = [
  mesh('access: allow'),
  document('Service', 'web', []),
  document('Service', 'reviews', [
    'ports: {http: {port: 80}, db: {port: 5432, protocol: tcp}}',
    'versions: {v1: {}, v2: {}}',
  ]),
  document('Service', 'other', ['ports: {http: {port: 80}}']),
  document('Route', 'reviews', [
    'service: reviews',
    'ports: [http]',
    'rules: [{match: [{path: {prefix: /a}}, {path: {prefix: /b}}], backends: [{version: v1, weight: 3}, {service: other}]}, {backends: [{}]}]',
  ]),
];

function ir(affinity: string): Ir {
  return linked(
    ...documents,
    document('Rollout', 'r', [
      'service: reviews',
      'from: v1',
      'to: v2',
      'steps: [20%, 100%]',
      `affinity: ${affinity}`,
      'judge: {source: scrape}',
    ]),
  );
}

/** Returns the shares in per cent of a GET with these cookies. */
function asked(share: Share | undefined, cookie: string, path = '/x'): Readonly<Record<string, number>> {
  const outcome = decide(withWeights(ir('session'), share === undefined ? {} : { 'shop/reviews': share }), {
    from: { type: 'service', id: 'shop/web' },
    to: { type: 'service', id: 'shop/reviews' },
    method: 'GET',
    path,
    headers: cookie === '' ? [] : [{ name: 'cookie', value: cookie }],
  });
  if (outcome.outcome !== 'forwarded') throw new Error(outcome.reason);
  return Object.fromEntries(
    outcome.backends.map((one) => [`${one.service} ${one.version}`, Math.round(one.share * 1e4) / 100]),
  );
}

const running = (weight: number): Share => ({ state: 'running', weight });

describe('a rollout with `affinity: session`', () => {
  it('draws a version for users without the cookie, and keeps users with the cookie, at every step', () => {
    for (const weight of [1, 20, 100]) {
      const drawn = weight === 100 ? {} : { 'shop/reviews v1': 100 - weight };
      expect(asked(running(weight), 'a=b')).toEqual({ ...drawn, 'shop/reviews v2': weight });
      expect(asked(running(weight), 'a=b; mesh-shop-r=v1')).toEqual({ 'shop/reviews v1': 100 });
      expect(asked(running(weight), 'mesh-shop-r=v2; a=b')).toEqual({ 'shop/reviews v2': 100 });
      expect(asked(running(weight), 'mesh-shop-r=v3')).toEqual({ ...drawn, 'shop/reviews v2': weight });
    }
  });

  it('keeps other backends and conditions of a rule', () => {
    expect(asked(running(20), '', '/b')).toEqual({
      'shop/reviews v1': 60,
      'shop/reviews v2': 15,
      'shop/other *': 25,
    });
    expect(asked(running(20), 'mesh-shop-r=v2', '/b')).toEqual({ 'shop/reviews v2': 75, 'shop/other *': 25 });
  });

  it('sends everybody to one version before, after and when it is rolled back', () => {
    for (const cookie of ['', 'mesh-shop-r=v1', 'mesh-shop-r=v2']) {
      expect(asked(undefined, cookie)).toEqual({ 'shop/reviews v1': 100 });
      expect(asked({ state: 'before' }, cookie)).toEqual({ 'shop/reviews v1': 100 });
      expect(asked({ state: 'promoted' }, cookie)).toEqual({ 'shop/reviews v2': 100 });
    }
  });

  it('gives the cookie to users without it, and only with answers of both versions', () => {
    const at = withWeights(ir('session'), { 'shop/reviews': running(20) });
    const routes = at.services['shop/reviews']!.ports.map(({ route }) => route);
    const cookies = routes.map(({ rules }) =>
      rules.map(({ action }) =>
        action.type === 'forward'
          ? action.backends.map(
              ({ version = '*', session }) =>
                `${version} ${session ? `${session.name}=${session.value}` : ''}`,
            )
          : [],
      ),
    );
    expect(cookies).toEqual([
      [
        ['v2 ', '* '],
        ['v1 ', '* '],
        ['v1 mesh-shop-r=v1', 'v2 mesh-shop-r=v2', '* '],
        ['v2 '],
        ['v1 '],
        ['v1 mesh-shop-r=v1', 'v2 mesh-shop-r=v2'],
      ],
      // No cookie is seen on a tcp port.
      [['v1 ', 'v2 ']],
    ]);
  });

  it('sets no cookie without affinity', () => {
    const at = withWeights(ir('none'), { 'shop/reviews': running(20) });
    expect(JSON.stringify(at)).not.toContain('mesh-shop-r');
  });
});
