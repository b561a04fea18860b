import { describe, expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const head = `apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: {name: default}
spec: {mtls: {enabledBackend: ca, backends: [{name: ca, type: builtin}]}}
---
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: {name: all, namespace: kuma-system, labels: {kuma.io/mesh: default}}
spec: {targetRef: {kind: Mesh}, from: [{targetRef: {kind: Mesh}, default: {action: Allow}}]}
---
`;

function service(
  name: string,
  labels = `{app: ${name}}`,
  ports = '[{name: http, port: 80, appProtocol: http}]',
) {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: ${labels}, ports: ${ports}}
---
`;
}

function policy(kind: string, name: string, spec: string): string {
  return `apiVersion: kuma.io/v1alpha1
kind: ${kind}
metadata: {name: ${name}, namespace: kuma-system, labels: {kuma.io/mesh: default}}
spec: ${spec}
---
`;
}

function meshService(name: string): string {
  return `{kind: MeshService, labels: {kuma.io/display-name: ${name}, k8s.kuma.io/namespace: shop}}`;
}

function routes(...rules: readonly string[]): string {
  return policy(
    'MeshHTTPRoute',
    'books',
    `{targetRef: {kind: Mesh}, to: [{targetRef: ${meshService('books')}, rules: [${rules.join(', ')}]}]}`,
  );
}

const services = service('web') + service('books');

async function asked(native: string) {
  const { decision } = await askedImport('kuma', head + services + native);
  return (path: string, method = 'GET') => decision({ from: 'shop/web', to: 'shop/books', path, method });
}

// `url-rewrite.listeners.golden.yaml` and the configurers of Kuma: `/v1/` of the prefix `/v1`, and `/v1` alone as a whole.
describe('the replacement of a prefix takes the slash behind it', () => {
  const rewriting = (replacement: string, prefix = '/v1') =>
    routes(
      `{matches: [{path: {type: PathPrefix, value: "${prefix}"}}], default: {filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: "${replacement}"}}}]}}`,
    );

  test.each([
    ['/v2', '/v1', '/v2'],
    ['/v2', '/v1/', '/v2'],
    ['/v2', '/v1/x', '/v2x'],
    ['/v2/', '/v1', '/v2/'],
    ['/v2/', '/v1/x/y', '/v2/x/y'],
    ['/', '/v1', '/'],
    ['/', '/v1/x', '/x'],
    ['/v2/', '/v10/x', '/v10/x'],
  ])('by %s: %s becomes %s', async (replacement, path, expected) => {
    const decide = await asked(rewriting(replacement));
    expect(decide(path)).toMatchObject({ rewritten: { path: expected } });
  });

  test.each([
    ['/v2', '/x', '/v2x'],
    ['/v2/', '/x', '/v2/x'],
    ['/v2/', '/', '/v2/'],
  ])('of every path by %s: %s becomes %s', async (replacement, path, expected) => {
    const decide = await asked(rewriting(replacement, '/'));
    expect(decide(path)).toMatchObject({ rewritten: { path: expected } });
  });

  test('in a redirect, too', async () => {
    const decide = await asked(
      routes(
        '{matches: [{path: {type: PathPrefix, value: /v1}}], default: {filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v2}, statusCode: 308}}]}}',
      ),
    );
    expect(decide('/v1/x')).toMatchObject({ outcome: 'redirected', location: 'http://books.shop/v2x' });
    expect(decide('/v1')).toMatchObject({ outcome: 'redirected', location: 'http://books.shop/v2' });
  });
});

describe('the order of matches is that of Kuma', () => {
  const to = (match: string, host: string) =>
    `{matches: [${match}], default: {filters: [{type: URLRewrite, urlRewrite: {hostname: ${host}}}]}}`;
  const regex = '{path: {type: RegularExpression, value: "/a/[0-9]+"}}';

  test('a prefix comes before a pattern, and a match without a path after both', async () => {
    const decide = await asked(
      routes(
        to('{method: GET}', 'none'),
        to(regex, 'pattern'),
        to('{path: {type: PathPrefix, value: /a/1}}', 'prefix'),
      ),
    );
    expect(decide('/a/1')).toMatchObject({ rewritten: { host: 'prefix' } });
    expect(decide('/a/2')).toMatchObject({ rewritten: { host: 'pattern' } });
    expect(decide('/b')).toMatchObject({ rewritten: { host: 'none' } });
  });

  test('the pattern of every path comes after other patterns', async () => {
    const every = '{path: {type: RegularExpression, value: ".*"}}';
    const decide = await asked(routes(to(every, 'rest'), to(regex, 'pattern')));
    expect(decide('/a/1')).toMatchObject({ rewritten: { host: 'pattern' } });
    expect(decide('/b')).toMatchObject({ rewritten: { host: 'rest' } });
  });
});

// kumahq/kuma #18009: all requests of such a rule get 500 from 3.0 on.
test('a rule whose backends can not be there answers 500, and the others go to the service', async () => {
  const decide = await asked(
    routes(
      `{matches: [{path: {type: PathPrefix, value: /gone}}], default: {backendRefs: [${meshService('"not.there"').replace('}}', '}, port: 80}')}]}}`,
    ),
  );
  expect(decide('/gone/x')).toMatchObject({ outcome: 'responded', status: 500 });
  expect(decide('/else')).toMatchObject({ outcome: 'forwarded', backends: [{ service: 'shop/books' }] });
});

describe('limits of requests', () => {
  const limit = (spec: string, more = '') =>
    policy(
      'MeshRateLimit',
      'books',
      `{targetRef: {kind: Dataplane, labels: {app: books, k8s.kuma.io/namespace: shop}${more}}, rules: [${spec}]}`,
    );
  const five = 'default: {local: {http: {requestRate: {num: 5, interval: 10s}, onRateLimit: {status: 429}}}}';
  const limited = { rateLimited: [{ at: 'service', requests: 5, per: 10_000, burst: 0 }] };

  test('are those of the service', async () => {
    const decide = await asked(limit(`{${five}}`));
    expect(decide('/')).toMatchObject(limited);
  });

  test.each([
    ['of some callers', limit(`{matches: [{spiffeID: {type: Exact, value: "spiffe://a/b"}}], ${five}}`)],
    ['of another port', limit(`{${five}}`, ', sectionName: admin')],
    ['of some pods', limit(`{${five}}`).replace('app: books', 'app: books, version: v1')],
    ['that are off', limit('{default: {local: {http: {disabled: true}}}}')],
  ])('%s are none of the service', async (_what, native) => {
    const decide = await asked(native);
    expect(decide('/')).toMatchObject({ rateLimited: [] });
  });
});

describe('Services of versions', () => {
  const split = routes(
    `{matches: [{path: {type: PathPrefix, value: /}}], default: {backendRefs: [${['v1', 'v2']
      .map((version) => meshService(`books-${version}`).replace('}}', '}, port: 80}'))
      .join(', ')}]}}`,
  );
  const pods = ['v1', 'v2']
    .map(
      (version) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: books-${version}, namespace: shop}
spec:
  selector: {matchLabels: {app: books, version: ${version}}}
  template: {metadata: {labels: {app: books, version: ${version}}}, spec: {containers: [{name: a, image: a}]}}
---
`,
    )
    .join('');

  test('that the input does not have are the versions of the name', async () => {
    const decide = await asked(pods + split);
    expect(decide('/')).toMatchObject({
      backends: [
        { service: 'shop/books', version: 'v1', share: 0.5 },
        { service: 'shop/books', version: 'v2', share: 0.5 },
      ],
    });
  });

  // Callers reach such a Service by its own name, too.
  test('that the input has are services of their own', async () => {
    const own = ['v1', 'v2'].map((version) =>
      service(`books-${version}`, `{app: books, version: ${version}}`),
    );
    const decide = await asked(pods + own.join('') + split);
    expect(decide('/')).toMatchObject({
      backends: [{ service: 'shop/books-v1' }, { service: 'shop/books-v2' }],
    });
  });
});
