import { describe, expect, it } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Share } from '../../../../src/core/ir/weights/share.ts';
import { withWeights } from '../../../../src/core/ir/weights/with-weights.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

const open = mesh('access: allow');
const reviews = document('Service', 'reviews', [
  'ports: {http: {port: 80}, db: {port: 5432, protocol: tcp}}',
  'versions: {v1: {}, v2: {}}',
]);
const web = document('Service', 'web', []);
const gateway = document('Gateway', 'door', ['listeners: {http: {port: 80, protocol: http}}']);

function rollout(...lines: readonly string[]): string {
  return document('Rollout', 'reviews', [
    'service: reviews',
    'from: v1',
    'to: v2',
    'judge: {source: scrape}',
    ...lines,
  ]);
}

const running = (weight: number): Share => ({ state: 'running', weight });
const promoted: Share = { state: 'promoted' };

/** Returns the outcome of a GET of web at reviews, with the share of the Rollout. */
function asked(ir: Ir, share: Share | undefined, headers: Readonly<Record<string, string>> = {}): Outcome {
  return decide(withWeights(ir, share === undefined ? {} : { 'shop/reviews': share }), {
    from: { type: 'service', id: 'shop/web' },
    to: { type: 'service', id: 'shop/reviews' },
    method: 'GET',
    path: '/',
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  });
}

/** Returns the shares in per cent, by service and version; keys of copies begin with `+`. */
function shares(outcome: Outcome): Readonly<Record<string, number>> {
  if (outcome.outcome !== 'forwarded') throw new Error(outcome.reason);
  const entry = (sign: string) => (one: { service: string; version: string; share: number }) =>
    [`${sign}${one.service.slice(5)} ${one.version}`, Math.round(one.share * 1e6) / 1e4] as const;
  return Object.fromEntries([...outcome.backends.map(entry('')), ...outcome.mirrors.map(entry('+'))]);
}

describe('before a Rollout "from has what both had, and to nothing"', () => {
  it('without a Route', () => {
    const ir = linked(open, web, reviews, rollout());
    expect(shares(asked(ir, undefined))).toEqual({ 'reviews v1': 100 });
  });

  it('in a Route that divides both versions and others', () => {
    const ir = linked(
      open,
      web,
      document('Service', 'reviews', [
        'ports: {http: {port: 80}}',
        'versions: {v1: {}, v2: {}, v3: {}}',
        'endpoints: {v1: ["10.0.0.1:80", "10.0.0.2:80"], v2: ["10.0.0.3:80"], v3: ["10.0.0.4:80"]}',
      ]),
      document('Service', 'other', ['ports: {http: {port: 80}}']),
      document('Route', 'reviews', [
        'service: reviews',
        'rules:',
        '  - backends: [{version: v1, weight: 5}, {version: v2, weight: 3}, {service: other, weight: 2}]',
      ]),
      rollout(),
    );
    expect(shares(asked(ir, undefined))).toEqual({ 'reviews v1': 80, 'other *': 20 });
  });

  it('of all versions: by the instances of both, and the others keep theirs', () => {
    const ir = linked(
      open,
      web,
      document('Service', 'reviews', [
        'ports: {http: {port: 80}}',
        'versions: {v1: {}, v2: {}, v3: {}}',
        'endpoints: {v1: ["10.0.0.1:80", "10.0.0.2:80"], v2: ["10.0.0.3:80"], v3: ["10.0.0.4:80"]}',
      ]),
      rollout(),
    );
    expect(shares(asked(ir, undefined))).toEqual({ 'reviews v1': 75, 'reviews v3': 25 });
    expect(shares(asked(ir, running(20)))).toEqual({ 'reviews v1': 60, 'reviews v2': 15, 'reviews v3': 25 });
    expect(shares(asked(ir, promoted))).toEqual({ 'reviews v2': 75, 'reviews v3': 25 });
  });

  it('at gateways, on tcp ports and in copies', () => {
    const ir = linked(
      open,
      web,
      reviews,
      gateway,
      document('Service', 'front', ['ports: {http: {port: 80}}']),
      document('Route', 'front', [
        'service: front',
        'gateways: [door]',
        'rules: [{backends: [{service: front}], mirror: [{service: reviews, percent: 50%}]}, {backends: [{}]}]',
      ]),
      rollout(),
    );
    const text = JSON.stringify({ services: ir.services, gateways: ir.gateways });
    expect(text).not.toContain('"version":"v2"');
    const tcp = ir.services['shop/reviews']?.ports.find(({ name }) => name === 'db');
    expect(tcp?.route.rules[0]?.action).toMatchObject({ backends: [{ version: 'v1' }] });
    const rule = ir.gateways['shop/door']?.listeners[0]?.virtualHosts[0]?.route.rules[0];
    expect(rule?.action).toMatchObject({
      mirrors: [{ service: 'shop/reviews', version: 'v1', percent: 50 }],
    });
  });
});

describe('canary', () => {
  it('gives the candidate the share of the record, and everything after the promotion', () => {
    const ir = linked(open, web, reviews, rollout('steps: [0.01%, 100%]'));
    expect(shares(asked(ir, running(0)))).toEqual({ 'reviews v1': 100 });
    expect(shares(asked(ir, running(0.01)))).toEqual({ 'reviews v1': 99.99, 'reviews v2': 0.01 });
    expect(shares(asked(ir, running(100)))).toEqual({ 'reviews v2': 100 });
    expect(shares(asked(ir, promoted))).toEqual({ 'reviews v2': 100 });
  });

  it('with match: matching requests move first, the others by share', () => {
    const ir = linked(
      open,
      web,
      reviews,
      rollout('match: {headers: {x-tester: {present: true}}}', 'steps: [10%, 100%]'),
    );
    expect(shares(asked(ir, undefined, { 'x-tester': '1' }))).toEqual({ 'reviews v1': 100 });
    expect(shares(asked(ir, running(10), { 'x-tester': '1' }))).toEqual({ 'reviews v2': 100 });
    expect(shares(asked(ir, running(10)))).toEqual({ 'reviews v1': 90, 'reviews v2': 10 });
    expect(shares(asked(ir, promoted))).toEqual({ 'reviews v2': 100 });
  });
});

describe('ab', () => {
  const ir = linked(
    open,
    web,
    reviews,
    document('Route', 'reviews', [
      'service: reviews',
      'rules: [{match: [{methods: [GET, POST]}], backends: [{version: v1}], timeout: 7s}, {backends: [{}]}]',
    ]),
    rollout('strategy: ab', 'match: {headers: {x-beta: {exact: "1"}}, methods: [GET]}', 'steps: [50%, 100%]'),
  );

  it('gives the candidate a share of the matching requests, and no others', () => {
    expect(shares(asked(ir, running(50), { 'x-beta': '1' }))).toEqual({ 'reviews v1': 50, 'reviews v2': 50 });
    expect(shares(asked(ir, running(100), { 'x-beta': '1' }))).toEqual({ 'reviews v2': 100 });
    expect(shares(asked(ir, running(100)))).toEqual({ 'reviews v1': 100 });
    expect(shares(asked(ir, promoted))).toEqual({ 'reviews v2': 100 });
  });

  it('keeps the conditions and the settings of the rule', () => {
    const rules = withWeights(ir, { 'shop/reviews': running(50) }).services['shop/reviews']?.ports.find(
      ({ name }) => name === 'http',
    )?.route.rules;
    expect(
      rules?.map(({ matches }) => matches.map(({ methods, headers }) => [methods, headers.length])),
    ).toEqual([[[['GET'], 1]], [[['GET', 'POST'], 0]], [[['GET'], 1]], []]);
    expect(rules?.[0]?.action).toMatchObject({ timeout: 7000 });
  });

  it('moves no connection of a tcp port before the promotion', () => {
    const at = (share: Share) =>
      withWeights(ir, { 'shop/reviews': share }).services['shop/reviews']?.ports.find(
        ({ name }) => name === 'db',
      )?.route.rules;
    expect(at(running(100))).toMatchObject([{ action: { backends: [{ version: 'v1' }] } }]);
    expect(at(promoted)).toMatchObject([{ action: { backends: [{ version: 'v2' }] } }]);
  });
});

describe('blue-green and shadow', () => {
  it('blue-green changes everything at once', () => {
    const ir = linked(open, web, reviews, rollout('strategy: blue-green'));
    expect(shares(asked(ir, undefined))).toEqual({ 'reviews v1': 100 });
    expect(shares(asked(ir, running(100)))).toEqual({ 'reviews v2': 100 });
  });

  it('shadow copies a share of the requests of the baseline, and callers get only answers of the baseline', () => {
    const ir = linked(
      open,
      web,
      reviews,
      document('Service', 'other', ['ports: {http: {port: 80}}']),
      document('Route', 'reviews', [
        'service: reviews',
        'rules: [{backends: [{version: v1, weight: 1}, {service: other, weight: 1}]}]',
      ]),
      rollout('strategy: shadow', 'steps: [10%, 100%]'),
    );
    expect(shares(asked(ir, running(10)))).toEqual({ 'reviews v1': 50, 'other *': 50, '+reviews v2': 5 });
    expect(shares(asked(ir, running(100)))).toEqual({ 'reviews v1': 50, 'other *': 50, '+reviews v2': 50 });
    expect(shares(asked(ir, promoted))).toEqual({ 'reviews v2': 50, 'other *': 50 });
  });
});

describe('the rest of the mesh', () => {
  const ir = linked(
    open,
    web,
    reviews,
    document('Service', 'other', ['ports: {http: {port: 80}}']),
    rollout(),
  );

  it('is the same object without a share', () => {
    expect(withWeights(ir, {})).toBe(ir);
    expect(withWeights(ir, { 'shop/reviews': running(0) })).toBe(ir);
    expect(withWeights(ir, { 'shop/other': running(50) })).toBe(ir);
  });

  it('shares the services that no rule of the Rollout reaches', () => {
    const moved = withWeights(ir, { 'shop/reviews': running(50) });
    expect(moved.services['shop/other']).toBe(ir.services['shop/other']);
    expect(moved.services['shop/reviews']).not.toBe(ir.services['shop/reviews']);
    expect({ ...moved.services['shop/reviews'], ports: [] }).toEqual({
      ...ir.services['shop/reviews'],
      ports: [],
    });
  });
});
