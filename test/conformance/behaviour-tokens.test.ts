import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';
import { tokenParts } from './harness/token.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('several tokens in one request, on a real Envoy', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('tokens'), envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  /** Returns the token of a request with these claims, as text. */
  function token(to: string, claims: unknown): string {
    const parsed = parseRequest({ from: 'shop/web', to, claims }, mesh.ir);
    if ('problem' in parsed) throw new Error(parsed.problem);
    return tokenParts(mesh.ir, parsed.request, 0).text ?? '';
  }

  async function status(to: string, headers: Record<string, unknown>, path = '/'): Promise<number> {
    return (await ask(mesh, { from: 'shop/web', to, path, headers })).answer.status;
  }

  const partner = { iss: 'https://partner.example' };

  test('a bad token is refused beside a good one, in whichever place each is', async () => {
    const good = token('shop/forms', partner);
    const bad = token('shop/forms', 'invalid');
    expect(await status('shop/forms', { 'x-token': good })).toBe(200);
    expect(await status('shop/forms', { 'x-token': good, cookie: `tok=${bad}` })).toBe(401);
    expect(await status('shop/forms', { 'x-token': bad, cookie: `tok=${good}` })).toBe(401);
    expect(await status('shop/forms', { 'x-token': good }, `/?token=${bad}`)).toBe(401);
    expect(await status('shop/forms', { 'x-token': good, 'x-scheme': `Key ${good}` })).toBe(200);
  });

  test('a token with another algorithm, without an algorithm, an expired one and random text are bad', async () => {
    const good = token('shop/catalog', { iss: 'https://staff.example' });
    const [, payload = '', signature = ''] = good.split('.');
    const head = (alg: string): string =>
      Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
    const bearer = (text: string): Record<string, unknown> => ({ authorization: `Bearer ${text}` });
    expect(await status('shop/catalog', bearer(good))).toBe(200);
    expect(await status('shop/catalog', bearer(`${head('none')}.${payload}.`))).toBe(401);
    expect(await status('shop/catalog', bearer(`${head('RS256')}.${payload}.${signature}`))).toBe(401);
    expect(
      await status(
        'shop/catalog',
        bearer(token('shop/catalog', { iss: 'https://staff.example', exp: 1_700_000_000 })),
      ),
    ).toBe(401);
    expect(await status('shop/catalog', bearer('rubbish'))).toBe(401);
    expect(await status('shop/catalog', bearer(''))).not.toBe(500);
  });
});
