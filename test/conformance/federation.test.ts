import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ForeignAuthority } from '../cli/foreign-authority.ts';
import { CallingEnvoy } from './federation/calling-envoy.ts';
import { PartnerMesh } from './federation/partner-mesh.ts';
import { request, signedBy } from './rotation/strangers.ts';

const envoy = process.env['ENVOY'];

/** Two meshes on real Envoys, and a real Envoy that calls in each direction. */
describe.skipIf(envoy === undefined)('two meshes of different trust domains', () => {
  const shop = new PartnerMesh('shop.example', 'partner.example');
  const partner = new PartnerMesh('partner.example', 'shop.example');
  const callers: CallingEnvoy[] = [];

  beforeAll(async () => {
    await shop.begin();
    // The partner's issuer is below an intermediate, so that Envoys verify a chain of two authorities.
    const root = new ForeignAuthority(partner, 'their root', undefined, 'partner.example');
    const between = new ForeignAuthority(partner, 'between', root, 'partner.example');
    await partner.begin((csr) =>
      [between.signIssuer(csr), between.root.certificate, root.root.certificate].join(''),
    );
  });

  afterAll(async () => {
    for (const one of callers) await one.stop();
    await shop.stop();
    await partner.stop();
  });

  async function federate(from: PartnerMesh, to: PartnerMesh, bundle?: string): Promise<void> {
    const isExternal = from === partner;
    from.write(bundle === undefined ? undefined : { trustDomain: to.trustDomain, bundle }, isExternal);
    await from.apply(envoy!);
  }

  async function calling(from: PartnerMesh, to: PartnerMesh, bundle = to.bundle): Promise<CallingEnvoy> {
    const crossing = { secret: from.secret, inbound: to.inbound, server: to.identity, bundle };
    const made = await CallingEnvoy.start(envoy!, crossing);
    callers.push(made);
    return made;
  }

  test('refuse each other without a federation', async () => {
    await federate(shop, partner);
    await federate(partner, shop);
    const [out, back] = [await calling(shop, partner), await calling(partner, shop)];
    // The server closes the handshake: no request arrives.
    expect(await out.call()).toMatch(/^503 /);
    expect(await back.call()).toMatch(/^503 /);
  });

  test('call each other once each verifies the other by its bundle', async () => {
    await federate(shop, partner, partner.bundle);
    const [out, back] = callers;
    expect(await back!.call()).toBe('200 served');
    // One direction says nothing of the other.
    expect(await out!.call()).toMatch(/^503 /);
    await federate(partner, shop, shop.bundle);
    expect(await out!.call()).toBe('200 served');
  });

  test('take each bundle for its own trust domain alone, and nobody else of the domain', async () => {
    const ours = signedBy(partner.issuer, [shop.identity]);
    expect(await request(shop.inbound, ours)).toBe('refused');
    const other = signedBy(shop.issuer, [shop.identity.replace('/web', '/other')]);
    expect(await request(partner.inbound, other)).toBe(403);
    expect(await request(partner.inbound, signedBy(shop.issuer, [shop.identity]))).toBe(200);
  });

  test('refuse a server whose roots the caller does not trust', async () => {
    const strange = await calling(shop, partner, shop.bundle);
    expect(await strange.call()).toMatch(/^503 /);
  });

  test('go on calling while one of them replaces its root, once the other has both roots', async () => {
    const [out] = callers;
    shop.ok('certs', 'rotate', 'root');
    shop.ok('certs', 'rotate', 'root');
    await shop.apply(envoy!);
    expect(shop.trust.phase).toBe('DUAL_TRUST');
    await federate(partner, shop, shop.bundle);
    expect(await out!.call()).toBe('200 served');
    shop.ok('certs', 'rotate', 'root');
    await shop.apply(envoy!);
    expect(shop.trust.phase).toBe('DUAL_SIGN');
    // The certificate is of the new root now, and its chain is new to the partner.
    const calls: string[] = [];
    for (let n = 0; n < 20; n += 1) calls.push((await out!.call()).slice(0, 3));
    expect(new Set(calls)).toEqual(new Set(['200']));
    expect(await request(partner.inbound, signedBy(shop.issuer, [shop.identity]))).toBe(200);
  });
});
