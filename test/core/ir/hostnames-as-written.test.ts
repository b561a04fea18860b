import { describe, expect, it } from 'vitest';
import { document, linked } from './linked.ts';

const api = document('Service', 'api', ['ports: {http: {port: 80}}']);

/** Returns the names of the Routes at each hostname of each listener. */
function routesAt(listeners: string, ...routes: readonly string[]): readonly string[] {
  const gateway = document('Gateway', 'gw', [`listeners: ${listeners}`]);
  const [found] = Object.values(linked(api, gateway, ...routes).gateways);
  return (found?.listeners ?? []).flatMap(({ name, virtualHosts }) =>
    virtualHosts.map(({ hostname, route }) => `${name} ${hostname}: ${route.name}`),
  );
}

function route(name: string, ...lines: readonly string[]): string {
  return document('Route', name, ['gateways: [gw]', ...lines, 'rules: [{respond: {status: 201}}]']);
}

/**
 * The page: "At a gateway the most specific hostname (exact, then longest `*.`, then none) *as the Route writes it*,
 * before the listener's hostnames cut it, decides alone, its Routes by `priority`".
 */
describe('the most specific hostname as it is written', () => {
  const both =
    '{all: {port: 80, protocol: http}, one: {port: 81, protocol: http, hostnames: [a.shop.example]}}';

  it('wins over a Route without hostnames at a listener for only this hostname, whatever the priorities', () => {
    expect(
      routesAt(both, route('specific', 'hostnames: [a.shop.example]'), route('rest', 'priority: 1')),
    ).toEqual(['all a.shop.example: specific', 'all *: rest', 'one a.shop.example: specific']);
  });

  it('a longer wildcard wins over a shorter one, and over none', () => {
    const wide = route('wide', 'hostnames: ["*.example"]', 'priority: 5');
    const narrow = route('narrow', 'hostnames: ["*.shop.example"]');
    expect(routesAt('{one: {port: 81, protocol: http, hostnames: [a.shop.example]}}', wide, narrow)).toEqual([
      'one a.shop.example: narrow',
    ]);
    expect(
      routesAt('{two: {port: 81, protocol: http, hostnames: ["*.a.shop.example"]}}', wide, route('none')),
    ).toEqual(['two *.a.shop.example: wide']);
  });

  it('has the rules of all Routes that write it, by priority', () => {
    const first = route('first', 'hostnames: ["*.example"]', 'priority: 1');
    const second = route('second', 'hostnames: ["*.example", b.example]');
    expect(
      routesAt('{one: {port: 81, protocol: http, hostnames: [a.example, b.example]}}', first, second),
    ).toEqual(['one a.example: first+second', 'one b.example: second']);
  });
});
