import { expect, test } from 'vitest';
import type { Plan, TargetReport } from '../../src/core/plan/plan.ts';
import { meaningReport } from '../../src/core/reach/meaning-report.ts';
import { planHtml } from '../../src/ui/plan-html.ts';
import { document, linked, mesh } from '../core/ir/linked.ts';

const none = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, release: 0, conflict: 0 };
const options = { now: new Date('2026-11-25T12:00:00Z'), environment: 'prod' };

function page(targets: Readonly<Record<string, TargetReport>>, more: Partial<Plan> = {}): string {
  const head = { commit: 'a'.repeat(40), digest: 'd' };
  const plan: Plan = {
    formatVersion: '1.0',
    targets,
    counts: none,
    base: {},
    head,
    planId: 'f00d',
    ...more,
  };
  return planHtml(plan, options);
}

const bare: TargetReport = { restarts: [], objects: [], files: [] };

/** Returns a shop whose payments let checkout in by these methods. */
function shop(...methods: readonly string[]) {
  return linked(
    mesh('mtls: strict'),
    document('Service', 'checkout', ['ports: {http: {port: 80}}']),
    document('Service', 'payments', ['ports: {http: {port: 80}}']),
    document('Access', 'payments', [
      'service: payments',
      `rules: [{allow: {from: [{service: checkout}], to: [{methods: [${methods.join(', ')}]}]}}]`,
    ]),
  );
}

test('the meaning comes first: who gains and loses what, with a request and the lines that decide', () => {
  const compared = { ...bare, ...meaningReport(shop('GET'), shop('POST')) };
  const html = page({ edge: compared, west: compared });
  expect(html.match(/<h3 class="gained">Access gained \(1\)/g)).toHaveLength(1);
  expect(html).toContain('<h3 class="lost">Access lost (1)');
  expect(html).toMatch(
    /<td>shop\/checkout<\/td><td>shop\/payments:http<\/td><td>POST<\/td><td><code>POST \/ from shop\/checkout to shop\/payments<\/code><br>refused 403 → forwarded<\/td><td class="rules">\S+:\d+/,
  );
  expect(html).toContain('2 kinds of requests change; every other request is decided as before (proved)');
  expect(html.indexOf('<h2>Meaning')).toBeLessThan(html.indexOf('<details>'));
  expect(html).not.toContain('<script');
});

test('says that nothing changes, that it is not proved, and what is not compared', () => {
  expect(page({ edge: { ...bare, ...meaningReport(shop('GET'), shop('GET')) } })).toMatch(
    /<p class="verdict proved">nothing changes for any request \(proved\)/,
  );
  const unproved = { access: { gained: [], lost: [] }, routing: [], unproved: ['too many states', 'more'] };
  const open = page({ edge: { ...bare, ...unproved } });
  expect(open).toContain('<p class="verdict open">not proved: too many states (and 1 more reasons)');
  expect(open).toContain('<li>more</li>');
  expect(page({ edge: bare })).toContain('<p class="verdict open">not computed');
});

test('names from outside stay text', () => {
  const evil = '<script>alert(1)</script>"\u202e\n';
  const [box] = meaningReport(shop('GET'), shop('POST')).access.gained;
  if (box === undefined) throw new Error('no box');
  const hostile = {
    ...box,
    id: evil,
    from: [evil],
    to: evil,
    paths: [evil],
    headers: { [evil]: [evil] },
    rules: [evil],
    request: { ...box.request, from: evil, path: evil },
  };
  const html = page(
    {
      [evil]: {
        ...bare,
        access: { gained: [hostile], lost: [] },
        routing: [],
        unproved: [evil, evil],
        cut: [evil],
        settings: [evil],
        notHitless: [{ why: evil }],
        objects: [{ op: 'update', ref: evil, wave: 1, fields: [{ path: evil, before: evil, after: evil }] }],
      },
      other: bare,
    },
    {
      planId: evil,
      guardrails: [{ rule: 'widening', target: evil, message: evil, allow: evil }],
      head: { commit: evil, digest: 'd' },
    },
  );
  expect(html).not.toContain('<script');
  expect(html).not.toContain('\u202e');
  expect(html.split('&lt;script&gt;').length).toBeGreaterThan(15);
  // Every tag is one of the page's own.
  const tags = new Set([...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, tag = '']) => tag));
  const own =
    '!doctype html head meta title style body h1 h2 h3 small p strong code section ul li table thead tbody tr th td br details summary pre footer';
  expect([...tags].filter((tag) => !own.split(' ').includes(tag))).toEqual([]);
});
