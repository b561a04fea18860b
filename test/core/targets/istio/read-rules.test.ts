import { describe, expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 8080}, {name: tls-in, port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: api}}, spec: {}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front}
spec: {selector: {}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
`;
const destination = 'route: [{destination: {host: api, port: {number: 8080}}}]';

async function imported(rules: string) {
  const native = `${services}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop}
spec:
  hosts: [api, tools.example]
${rules}
`;
  const { outcome, decision, codes } = await askedImport('istio', native);
  const call = { from: 'front/web', to: 'shop/api', port: 'http' };
  return {
    codes,
    outcome: (request: object) => outcome({ ...call, ...request }),
    decision: (request: object) => decision({ ...call, ...request }),
  };
}

/** Returns rules of one name for requests, as a block of the spec. */
function http(...rules: readonly string[]): string {
  return `  http:\n${rules.map((rule) => `  - {name: pages/one, ${rule}}\n`).join('')}`;
}

describe('a query parameter that is absent', () => {
  const rule = (pattern: string): string =>
    http(
      `match: [{port: 8080, withoutHeaders: {":path": {regex: '${pattern}'}}}], directResponse: {status: 418}`,
    );

  test('is a condition on the query', async () => {
    const { decision } = await imported(rule(String.raw`[^?]*\?(?:.*&)?(?:v|w\.x)(?:[=&].*)?`));
    expect(decision({ path: '/?a=1' })).toMatchObject({ outcome: 'responded', status: 418 });
    expect(decision({ path: '/?a=1&v=2' })).toMatchObject({ outcome: 'unroutable' });
    expect(decision({ path: '/?w.x' })).toMatchObject({ outcome: 'unroutable' });
    expect(decision({ path: '/?wax=1' })).toMatchObject({ outcome: 'responded', status: 418 });
  });

  test.each([
    ['another start', String.raw`[^?]*\?(?:.*)?(?:v)(?:[=&].*)?`],
    ['another end', String.raw`[^?]*\?(?:.*&)?(?:v)(?:=.*)?`],
    ['a name that is an expression', String.raw`[^?]*\?(?:.*&)?(?:v.)(?:[=&].*)?`],
  ])('is not read from an expression with %s', async (_what, pattern) => {
    expect((await imported(rule(pattern))).codes).toContain('MESH7003');
  });
});

// The proxy shortens a path of slashes alone to two (merge_slashes), and the language to one.
test('the path of two slashes beside the root is the root', async () => {
  const { outcome } = await imported(
    http('match: [{uri: {exact: /}}, {uri: {exact: //}}], directResponse: {status: 418}'),
  );
  expect(outcome({ path: '/' })).toBe('responded');
  expect(outcome({ path: '//' })).toBe('responded');
});

test('connections of callers with labels take the rule for these labels', async () => {
  const { outcome } = await imported(`  tls:
  - match: [{port: 443, sniHosts: [tools.example], sourceNamespace: front, sourceLabels: {app: web}}]
    route: [{destination: {host: api, port: {number: 443}}}]`);
  const call = { port: 'tls-in', sni: 'tools.example' };
  expect(outcome(call)).toBe('forwarded');
  expect(outcome({ ...call, from: 'shop/api' })).toBe('unroutable');
});

describe('a redirect to another host', () => {
  const match = 'match: [{uri: {exact: /}, port: 8080';
  const general = `${match}}], redirect: {scheme: http, authority: other.example, redirectCode: 302}`;
  const location = async (rules: string, host: string) => {
    const { decision } = await imported(rules);
    return decision({ path: '/', host });
  };

  test('keeps the port of the Host where a rule for this port says so', async () => {
    const rules = http(
      `${match}, authority: {regex: "(?i).*:8080"}}], redirect: {scheme: http, authority: "other.example:8080", redirectCode: 302}`,
      general,
    );
    expect(await location(rules, 'api.shop:8080')).toMatchObject({
      location: 'http://other.example:8080/',
    });
  });

  test('shows no port where no rule says so', async () => {
    expect(await location(http(general), 'api.shop:8080')).toMatchObject({
      location: 'http://other.example/',
    });
  });

  test.each([
    ['port in the condition', '"(?i).*:8081"', '"other.example:8080"'],
    ['port of the redirect', '"(?i).*:8080"', '"other.example:8081"'],
    ['host', '"(?i).*:8080"', '"third.example:8080"'],
  ])('keeps no port where the %s is another', async (_what, condition, there) => {
    const rules = http(
      `${match}, authority: {regex: ${condition}}}], redirect: {scheme: http, authority: ${there}, redirectCode: 302}`,
      general,
    );
    const { codes } = await imported(rules);
    expect(codes).toContain('MESH7005');
    expect(await location(rules, 'api.shop:8080')).toMatchObject({ location: 'http://other.example/' });
  });
});

describe('a redirect of a prefix', () => {
  const rules = (below: string): string =>
    http(
      'match: [{uri: {exact: /up}}], redirect: {scheme: http, uri: /there, redirectCode: 302}',
      `match: [{uri: {prefix: /up/}}], redirect: {scheme: http, prefixRewrite: ${below}, redirectCode: 302}`,
      destination,
    );

  test('takes the path itself and all below it', async () => {
    const { decision } = await imported(rules('/there/'));
    expect(decision({ path: '/up' })).toMatchObject({ location: 'http://api.shop:8080/there' });
    expect(decision({ path: '/up/a' })).toMatchObject({ location: 'http://api.shop:8080/there/a' });
    expect(decision({ path: '/upper' })).toMatchObject({ outcome: 'forwarded' });
  });

  test('stays two rules where they lead to different places', async () => {
    const { decision } = await imported(rules('/elsewhere/'));
    expect(decision({ path: '/up' })).toMatchObject({ location: 'http://api.shop:8080/there' });
    expect(decision({ path: '/up/a' })).toMatchObject({ location: 'http://api.shop:8080/elsewhere/a' });
  });
});

describe('a rewrite by an expression', () => {
  const rewritten = async (match: string, pattern: string, by: string, path: string) => {
    const { decision, codes } = await imported(
      http(
        `match: [{uri: {prefix: ${match}}}], rewrite: {uriRegexRewrite: {match: "${pattern}", rewrite: "${by}"}}, ${destination}`,
      ),
    );
    return {
      codes,
      path: (decision({ path }) as { readonly rewritten?: { readonly path: string } }).rewritten?.path,
    };
  };

  test.each([
    ['the characters of a prefix', '/v', '^/v', '/w', '/v1/x', '/w1/x'],
    ['the characters of a prefix and a slash that would meet', '/v', '^/v/?', '/w/', '/v/x', '/w/x'],
    ['the whole path', '/v', '^.*$', '/fixed', '/v1/x?q', '/fixed?q'],
  ])('of %s is one of the language', async (_what, match, pattern, by, path, expected) => {
    expect((await rewritten(match, pattern, by, path)).path).toBe(expected);
  });

  test.each([
    ['of another prefix than that of the match', '/v', '^/w', '/x'],
    ['that leaves two slashes', '/v', '^/v', '/w/'],
    ['that takes a slash away', '/v', '^/v/?', '/w'],
    ['with a part of the path', '/v', '^/v(.*)$', '/w\\\\1'],
    ['of the whole path with a part of it', '/v', '^.*$', '/w\\\\0'],
  ])('%s is lost', async (_what, match, pattern, by) => {
    const { codes, path } = await rewritten(match, pattern, by, '/v/x');
    expect(codes).toContain('MESH7005');
    expect(path).toBe('/v/x');
  });

  const refusal = (pattern: string): string =>
    http(
      `match: [{uri: {regex: '${pattern}'}}], directResponse: {status: 400}`,
      `match: [{uri: {prefix: /v}}], rewrite: {uriRegexRewrite: {match: "^/v/?", rewrite: /w/}}, ${destination}`,
    );

  // The language refuses such a rest by itself ("a rest of the path whose first segment is . or .. is refused with 400").
  test('has no need of a rule that refuses dot segments', async () => {
    const { codes, decision } = await imported(refusal(String.raw`/v\.{1,2}(?:[;/].*)?`));
    expect(codes).not.toContain('MESH7004');
    expect(decision({ path: '/v..;a' })).toMatchObject({ status: 400 });
    expect(decision({ path: '/v/x' })).toMatchObject({ rewritten: { path: '/w/x' } });
  });

  test('keeps a rule that refuses other paths, and says that it refuses dot segments', async () => {
    const { codes, decision } = await imported(refusal(String.raw`/v\.{1,3}(?:[;/].*)?`));
    expect(codes).toContain('MESH7004');
    expect(decision({ path: '/v...' })).toMatchObject({ status: 400 });
  });
});

describe('several conditions on one header or cookie', () => {
  const cookie = (value: string): string =>
    String.raw`(?:.*;)?[ \t]*user[ \t]*=[ \t]*(?:${value}|"(?:${value})")[ \t]*(?:;.*)?`;
  const rule = (conditions: string): string =>
    http(`match: [{${conditions}}], directResponse: {status: 418}`, destination);
  const asked = async (conditions: string, headers: object) =>
    (await imported(rule(conditions))).outcome({ headers });

  test('of what it is and what it is not are both kept', async () => {
    const header = 'headers: {x: {prefix: a}}, withoutHeaders: {x: {exact: abe}}';
    expect(await asked(header, { x: 'ab' })).toBe('responded');
    expect(await asked(header, { x: 'abe' })).toBe('forwarded');
    expect(await asked(header, {})).toBe('forwarded');
    const line = `headers: {cookie: {regex: '${cookie('a[^;]*')}'}}, withoutHeaders: {cookie: {regex: '${cookie('abe')}'}}`;
    expect(await asked(line, { cookie: 'user=ab' })).toBe('responded');
    expect(await asked(line, { cookie: 'user=abe' })).toBe('forwarded');
  });

  // The names of headers ignore case, so that both conditions are on one.
  test('of what it is are more than the language has: the match is lost', async () => {
    const { codes } = await imported(rule('headers: {x: {prefix: a}, X: {suffix: b}}'));
    expect(codes).toContain('MESH7003');
    expect(await asked('headers: {x: {prefix: a}, X: {suffix: b}}', { x: 'cb' })).toBe('forwarded');
  });
});

describe('rules for each of several ports', () => {
  const ports = services.replace('{name: tls-in, port: 443}', '{name: http-two, port: 8081}');
  const rule = (port: number, to = port, status = 418): string =>
    `  - {name: pages/a, match: [{uri: {exact: /a}, port: ${String(port)}}], directResponse: {status: ${String(status)}}}
  - {name: pages/b, match: [{port: ${String(port)}}], route: [{destination: {host: api, port: {number: ${String(to)}}}}]}
`;
  const written = async (rules: string) => {
    const native = `${ports}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop}
spec:
  hosts: [api]
  http:
${rules}`;
    const { files } = await importTexts('istio', { 'mesh.yaml': native });
    const { decision } = await askedImport('istio', native);
    const documents = files.flatMap((file) => file.text.split('\n---\n'));
    const text = documents.find((one) => one.includes('kind: Route')) ?? '';
    return { text, at: (request: object) => decision({ from: 'front/web', to: 'shop/api', ...request }) };
  };

  test('that say the same are rules without a port', async () => {
    const { text, at } = await written(rule(8080) + rule(8081));
    expect(text).not.toMatch(/port/);
    expect(at({ port: 'http-two' })).toMatchObject({ port: 8081 });
    expect(at({ port: 'http' })).toMatchObject({ port: 8080 });
  });

  test.each([
    ['another answer', rule(8080) + rule(8081, 8081, 419), { status: 419 }],
    ['another port of the destination', rule(8080) + rule(8081, 8080), { status: 418 }],
  ])('with %s keep their ports', async (_what, rules, second) => {
    const { text, at } = await written(rules);
    expect(text).toMatch(/port/);
    expect(at({ port: 'http', path: '/a' })).toMatchObject({ status: 418 });
    expect(at({ port: 'http-two', path: '/a' })).toMatchObject(second);
    expect(at({ port: 'http' })).toMatchObject({ port: 8080 });
  });
});
