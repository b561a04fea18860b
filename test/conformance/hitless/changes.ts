import type { Mesh } from './model.ts';

/** Returns another number from 0 to 1 at each call. */
export type Chance = () => number;

/** Returns a function that returns the same numbers for the same seed (mulberry32). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One kind of change; `certificates` says that keys are lost, so that an apply must issue new ones. */
export interface Change {
  readonly kind: string;
  readonly mesh: Mesh;
  readonly certificates?: true;
}

export const first: Mesh = {
  instances: ['v1a', 'v2a', 'r1a'],
  route: '',
  gatewayRoute: `apiVersion: mesh/v1
kind: Route
metadata: {name: entrance, namespace: shop}
spec: {gateways: [public], rules: [{backends: [{service: reviews, version: v1}]}]}
`,
  gatewayAccess: '',
  access: '{allow: {from: [{service: web}, {gateway: public}]}}',
  ratingsAccess: '{allow: {from: [{authenticated: true}]}}',
  mtls: 'strict',
  settings: '',
  healthCheck: '',
  telemetry: '',
};

/** Returns one of these values, other than the present one. */
function other<T>(random: Chance, values: readonly T[], now: T): T {
  const left = values.filter((value) => value !== now);
  return left[Math.floor(random() * left.length)] ?? now;
}

function versionsOf({ instances }: Mesh): readonly string[] {
  return [...new Set(instances.filter((id) => id.startsWith('v')).map((id) => id.slice(0, 2)))];
}

/** Returns backends for some existing versions. */
function backends(random: Chance, mesh: Mesh): string {
  const versions = versionsOf(mesh);
  const chosen = versions.filter(() => random() < 0.7);
  const some = chosen.length === 0 ? versions.slice(0, 1) : chosen;
  return some
    .map((version) => `{version: ${version}, weight: ${String(1 + Math.floor(random() * 99))}}`)
    .join(', ');
}

const routeTo = (rest: string): string => `{backends: [${rest}]}`;

/** Returns the mesh with a Route that names only its versions, after these have changed. */
function fitting(mesh: Mesh): Mesh {
  const known = versionsOf(mesh);
  const named = [...`${mesh.route} ${mesh.gatewayRoute}`.matchAll(/version: (v\d)/g)].map(
    ([, name]) => name ?? '',
  );
  if (named.every((name) => known.includes(name))) return mesh;
  return { ...mesh, route: '', gatewayRoute: first.gatewayRoute };
}

type Make = (random: Chance, mesh: Mesh) => Mesh;

/** Every kind of change; each returns a valid mesh, which usually differs. */
const kinds: Readonly<Record<string, Make>> = {
  weights: (random, mesh) => ({ ...mesh, route: routeTo(backends(random, mesh)) }),
  matches: (random, mesh) => ({
    ...mesh,
    route: `{match: [${other(
      random,
      [
        '{path: {prefix: /r}}',
        '{path: {exact: /r/1}}, {methods: [POST]}',
        '{headers: {x-user: {exact: tester}}}',
        '{from: [{service: other}]}',
      ],
      '',
    )}], backends: [${backends(random, mesh)}]}, ${routeTo(backends(random, mesh))}`,
  }),
  'unmatched requests': (random, mesh) => ({
    ...mesh,
    route: `{match: [{path: {prefix: ${random() < 0.5 ? '/r' : '/admin'}}}], backends: [${backends(random, mesh)}]}`,
  }),
  rewrites: (random, mesh) => ({
    ...mesh,
    route: `{match: [{path: {prefix: /r}}], rewrite: {path: {replacePrefix: ${other(random, ['/x', '/y', '/'], '')}}}, backends: [${backends(random, mesh)}]}, ${routeTo(backends(random, mesh))}`,
  }),
  answers: (random, mesh) => ({
    ...mesh,
    route: `{match: [{path: {prefix: /admin}}], respond: {status: ${other(random, ['418', '410'], '')}, body: no}}, ${routeTo(backends(random, mesh))}`,
  }),
  timeouts: (random, mesh) => ({
    ...mesh,
    route: `{timeout: ${other(random, ['4s', '6s', '7500ms'], '')}, retries: {attempts: ${String(Math.floor(random() * 3))}, on: [connect-failure]}, headers: {request: {set: {x-mesh: "${String(random())}"}}}, backends: [${backends(random, mesh)}]}`,
  }),
  'no route': (_, mesh) => ({ ...mesh, route: '' }),
  'routes of a gateway': (random, mesh) => ({
    ...mesh,
    gatewayRoute: other(
      random,
      [
        first.gatewayRoute,
        first.gatewayRoute.replace(
          'rules: [',
          'rules: [{match: [{path: {prefix: /admin}}], respond: {status: 418}}, ',
        ),
        first.gatewayRoute.replace('rules: [{', 'rules: [{rewrite: {path: {replaceFull: /z}}, '),
        first.gatewayRoute.replace(
          '[{service: reviews, version: v1}]',
          `[${backends(random, mesh).replaceAll('{version', '{service: reviews, version')}]`,
        ),
      ],
      mesh.gatewayRoute,
    ),
  }),
  'versions and instances': (random, mesh) => {
    const all = ['v1b', 'v2a', 'v2b', 'v3a'];
    const id = all[Math.floor(random() * all.length)] ?? '';
    const has = mesh.instances.includes(id);
    const instances = has ? mesh.instances.filter((one) => one !== id) : [...mesh.instances, id].sort();
    return fitting({ ...mesh, instances });
  },
  services: (_, mesh) => ({
    ...mesh,
    instances: mesh.instances.includes('r1a')
      ? mesh.instances.filter((id) => id !== 'r1a')
      : [...mesh.instances, 'r1a'],
  }),
  access: (random, mesh) => ({
    ...mesh,
    access: other(
      random,
      [
        first.access,
        '{allow: {from: [{service: web}], to: [{methods: [GET]}]}}',
        '{allow: {from: [{authenticated: true}]}}, {deny: {from: [{service: other}], to: [{paths: [{prefix: /admin}]}]}}',
        '{allow: {from: [{service: other}], to: [{paths: [{prefix: /r}]}]}}, {allow: {from: [{gateway: public}]}}',
        '{allow: {from: [{anyone: true}]}}',
        '{allow: {from: [{authenticated: true}]}}, {deny: {to: [{methods: [POST]}]}}',
        '{deny: {from: [{service: web}], to: [{paths: [{prefix: /admin}]}]}}, {allow: {from: [{namespace: shop}]}}',
      ],
      mesh.access,
    ),
  }),
  'access of another service': (random, mesh) => ({
    ...mesh,
    ratingsAccess: other(
      random,
      [first.ratingsAccess, '{allow: {from: [{service: web}]}}', '{allow: {from: [{service: other}]}}'],
      mesh.ratingsAccess,
    ),
  }),
  mtls: (random, mesh) => ({ ...mesh, mtls: other(random, ['strict', 'permissive', 'disabled'], mesh.mtls) }),
  'mtls and access': (random, mesh) => {
    const { access } = kinds['access']?.(random, mesh) ?? mesh;
    return { ...mesh, access, mtls: other(random, ['strict', 'permissive'], mesh.mtls) };
  },
  settings: (random, mesh) => ({
    ...mesh,
    settings: other(
      random,
      [
        '',
        '  timeout: 5s\n  retries: {attempts: 1}\n',
        '  connections: {maxRequests: 500, connectTimeout: 3s}\n',
        '  loadBalancing: {algorithm: round-robin}\n',
        '  loadBalancing: {affinity: {header: x-user}}\n',
        '  outlierDetection: {consecutive5xx: 20}\n',
        '  connections: {idleTimeout: 30s, maxRequestsPerConnection: 50}\n',
      ],
      mesh.settings,
    ),
  }),
  'checks of health': (random, mesh) => ({
    ...mesh,
    healthCheck: other(
      random,
      [
        '',
        '  healthCheck: {path: /healthz, interval: 300ms}\n',
        '  healthCheck: {path: /other, interval: 300ms}\n',
        '  healthCheck: {interval: 300ms}\n',
      ],
      mesh.healthCheck,
    ),
  }),
  telemetry: (random, mesh) => ({
    ...mesh,
    telemetry: other(
      random,
      [
        '',
        '  telemetry: {accessLog: {format: json, output: {file: access.log}}}\n',
        `  telemetry: {metrics: {labels: {tenant: "request.headers['x-tenant']"}}}\n`,
      ],
      mesh.telemetry,
    ),
  }),
};

/** Yields changes without end, all kinds equally often, in an order that depends on the seed. */
export function* changes(random: Chance): Generator<Change, never> {
  let mesh = first;
  for (;;) {
    const names = [...Object.keys(kinds), 'certificates'];
    for (let left = names.length; left > 0; left -= 1) {
      const [kind = ''] = names.splice(Math.floor(random() * left), 1);
      if (kind === 'certificates') yield { kind, mesh, certificates: true };
      else {
        const changed = kinds[kind]?.(random, mesh) ?? mesh;
        if (JSON.stringify(changed) === JSON.stringify(mesh)) continue;
        mesh = changed;
        yield { kind, mesh };
      }
    }
  }
}
