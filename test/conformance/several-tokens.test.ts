import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { address, RunningMesh } from './harness/running-mesh.ts';
import { type Answer, send } from './harness/send.ts';

const envoy = process.env['ENVOY'];

/** The key that the case publishes for `https://partner.example`. */
const key = Buffer.from('a partner has a key of its own t');
const issuer = 'https://partner.example';

const good = token({ iss: issuer, level: 3 }, key);
const forged = token({ iss: issuer }, Buffer.from('a key of somebody else'));
const unknown = token({ iss: 'https://nobody.example' }, key);

type Headers = readonly (readonly [string, string])[];

/**
 * `shop/forms` accepts tokens from `x-token`, `x-scheme: Key …`, `?token=` and the cookie `tok`, and passes none on.
 */
describe.skipIf(envoy === undefined)('several tokens in one request', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    const tokens = meshCases().find(({ name }) => name === 'tokens');
    if (tokens === undefined) throw new Error('no case "tokens"');
    mesh = await RunningMesh.start(tokens, envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  async function ask(path: string, headers: Headers): Promise<Answer & { readonly received: Headers }> {
    const id = randomUUID();
    const answer = await send({
      address: address(mesh.proxyOf('shop/web').outbound),
      method: 'GET',
      path,
      host: 'forms.shop:8080',
      headers: [['x-test-id', id], ...headers],
    });
    const [arrival] = mesh.echoes.arrivals(id);
    return { ...answer, received: [[':path', arrival?.path ?? ''], ...(arrival?.headers ?? [])] };
  }

  const refused: readonly [string, string, Headers][] = [
    [
      'a good token and a forged one in another place',
      '/',
      [
        ['x-token', good],
        ['cookie', `tok=${forged}`],
      ],
    ],
    [
      'a forged token and a good one in another place',
      '/',
      [
        ['x-token', forged],
        ['cookie', `tok=${good}`],
      ],
    ],
    ['a good token and one of another issuer', `/?token=${unknown}`, [['x-token', good]]],
    [
      'two lines of a header',
      '/',
      [
        ['x-token', good],
        ['x-token', forged],
      ],
    ],
    [
      'two lines of a header, the bad one first',
      '/',
      [
        ['x-token', forged],
        ['x-token', good],
      ],
    ],
    [
      'two lines of a header with a prefix',
      '/',
      [
        ['x-scheme', 'none'],
        ['x-scheme', `Key ${forged}`],
      ],
    ],
    ['a query parameter twice', `/?token=${good}&token=${forged}`, []],
    ['a query parameter twice, once spelled with escapes', `/?token=${good}&%74oken=${forged}`, []],
    ['a cookie twice', '/', [['cookie', `tok=${good}; tok=${forged}`]]],
    [
      'a cookie in two headers',
      '/',
      [
        ['cookie', `tok=${good}`],
        ['cookie', `tok=${forged}`],
      ],
    ],
    ['no token, although one is required', '/?other=1', [['cookie', 'other=1; other=2']]],
  ];
  test.each(refused)('%s: 401', async (_name, path, headers) => {
    expect((await ask(path, headers)).status).toBe(401);
  });

  const taken: readonly [string, string, Headers][] = [
    [
      'a good token in every place',
      `/?token=${good}`,
      [
        ['x-token', good],
        ['x-scheme', `Key ${good}`],
        ['cookie', `tok=${good}`],
      ],
    ],
    ['a good cookie among others', '/', [['cookie', `a=1; tok=${good}; b=2`]]],
    [
      'two lines of a header of which none is a token',
      `/?token=${good}`,
      [
        ['x-scheme', 'a'],
        ['x-scheme', 'b'],
      ],
    ],
    ['a good query parameter among others', `/?a=1&a=2&token=${good}`, []],
  ];
  test.each(taken)(
    '%s: passes, and the application receives none of the tokens',
    async (_name, path, headers) => {
      const { status, received } = await ask(path, headers);
      expect(status).toBe(200);
      expect(received.filter(([, value]) => value.includes(good))).toEqual([]);
      expect(received).toContainEqual(['x-level', '3']);
    },
  );

  test('parameters beside a token in query and cookie stay', async () => {
    const { received } = await ask(`/p?a=1&token=${good}&b=2`, [['cookie', `a=1; tok=${good}; b=2`]]);
    expect(received).toContainEqual([':path', '/p?a=1&b=2']);
    expect(received).toContainEqual(['cookie', 'a=1; b=2']);
  });
});

function token(claims: object, secret: Buffer): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: 4_000_000_000, ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
