import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RotationReport } from '../../src/core/identity/rotation/rotation-report.ts';
import type { Trust } from '../../src/core/identity/trust-file.ts';
import { madeHierarchy } from '../core/identity/made-hierarchy.ts';
import { Proxies } from './hitless/proxies.ts';
import { Calls } from './rotation/calls.ts';
import { type FailureCounters, failureCounters, grownCounters } from './rotation/failure-counters.ts';
import { openShop, type Shop } from './rotation/shop.ts';
import { type Authority, request, signedBy } from './rotation/strangers.ts';

/** The most looks in a row at which a proxy may not answer. */
const mostSilent = 10;

const envoy = process.env['ENVOY'];
const bin = path.resolve(import.meta.dirname, '../../bin/mesh.js');
/** The fewest requests; with more of them than one rotation lasts, issuers and roots rotate in turn. */
const wanted = Number(process.env['ROTATION_REQUESTS'] ?? 2000);
/** The life of a certificate, in seconds. */
const life = Number(process.env['ROTATION_LIFE'] ?? 40);
const web = 'spiffe://shop.example/ns/shop/sa/web';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Six Envoys in constant use while root and issuer rotate, with certificates that live for less than a minute. */
describe.skipIf(envoy === undefined)('a rotation of a mesh under load', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-rotation-'));
  const trustFile = path.join(root, 'certificates/shop.example.json');
  let shop: Shop;
  let proxies: Proxies | undefined;
  let calls: Calls | undefined;
  let renewed = 0;
  /** The phase, and the command that runs. */
  const moment = { phase: 'STEADY', runs: 'nothing' };
  let before: FailureCounters = new Map();
  /** The ends of runs that renew what is due, ms since the epoch. */
  const renewals: number[] = [];
  let kills = 0;
  /** Every issuer that was ever in the trust file, by id. */
  const certificates = new Map<string, Trust['issuers'][number]>();

  beforeAll(async () => {
    shop = await openShop(`${life}s`);
    writeFileSync(path.join(root, 'mesh.yaml'), shop.documents);
    expect(await mesh(['certs', 'init'])).toMatchObject({ code: 0 });
    await applied();
    proxies = new Proxies(envoy!, root);
    await answering();
  });

  afterAll(async () => {
    await calls?.stop();
    await proxies?.stop();
    await shop.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** Runs a command; after `killAfter` milliseconds it is killed with SIGKILL. */
  function mesh(words: readonly string[], killAfter?: number): Promise<Ran> {
    moment.runs = words.slice(0, 3).join(' ');
    const child = spawn(process.execPath, [bin, ...words, '--root', root], {
      env: { ...process.env, XDG_STATE_HOME: path.join(root, '.state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    const killer =
      killAfter === undefined ? undefined : setTimeout(() => void child.kill('SIGKILL'), killAfter);
    return new Promise((done) => {
      child.once('close', (code, signal) => {
        clearTimeout(killer);
        moment.runs = 'nothing';
        if (signal === 'SIGKILL') kills += 1;
        done({ code, out, error });
      });
    });
  }

  async function applied(): Promise<void> {
    const ran = await mesh(['apply', '--resume', '--yes', '--allow-dirty', '--timeout', '60s']);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    renewed = Date.now();
    renewals.push(renewed);
  }

  async function renew(): Promise<void> {
    if (Date.now() - renewed < (life * 1000) / 5) return;
    const ran = await mesh(['certs', 'rotate', 'workload', '--timeout', '60s']);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    renewed = Date.now();
    renewals.push(renewed);
  }

  /** Waits until both callers reach both services. */
  async function answering(): Promise<void> {
    const trial = new Calls(shop, 100);
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (trial.served.reviews > 30 && trial.served.ratings > 30) break;
      await sleep(200);
    }
    await trial.stop();
    expect(trial.served.reviews, `${await circumstances()}; ${trial.failed.at(-1) ?? ''}`).toBeGreaterThan(
      30,
    );
    await applied();
  }

  /**
   * Returns what may explain failed requests: proxies that ended, with the end of their logs; the failures that each Envoy
   * has counted, by the Envoy that it called; and the longest pause between two renewals: certificates end if it is longer
   * than a third of their life.
   */
  async function circumstances(): Promise<string> {
    const ended = (proxies?.dead ?? []).map((id) => `${id} ended: ${proxies?.log(id).slice(-500) ?? ''}\n`);
    const all = renewals.slice(1).map((at, i) => ({ at, pause: at - renewals[i]! }));
    const longest = all.reduce((one, other) => (other.pause > one.pause ? other : one), { at: 0, pause: 0 });
    const grown = grownCounters(before, await failureCounters(shop));
    return `${ended.join('')}${grown.length === 0 ? 'no Envoy counts a failure' : grown.join('\n')}\nthe longest pause between renewals was ${String(longest.pause)} ms, until ${new Date(longest.at).toISOString()}`;
  }

  /** Expects that no request has failed; a failure says which one, when, and what each Envoy knows of it. */
  async function expectNoFailure(): Promise<void> {
    const failed = calls?.failed ?? [];
    if (failed.length > 0) expect(failed.slice(0, 20), await circumstances()).toEqual([]);
  }

  function trust(): Trust {
    const read = JSON.parse(readFileSync(trustFile, 'utf8')) as Trust;
    for (const one of read.issuers) certificates.set(one.id, one);
    moment.phase = read.phase;
    return read;
  }

  function key(id: string): string {
    return readFileSync(path.join(root, '.state/meshwright/keys/shop.example', `${id}.pem`), 'utf8');
  }

  function issuer(): Authority {
    const { issuers } = trust();
    const { id, certificate } = issuers.at(-1)!;
    return { certificate, key: key(id) };
  }

  /** Rotates, each step killed once at a random moment before it is taken. Returns the phases. */
  async function rotated(of: 'root' | 'issuer'): Promise<readonly string[]> {
    const phases: string[] = [];
    let silent = 0;
    for (;;) {
      await mesh(['certs', 'rotate', of], 200 + Math.random() * 1500);
      // A fast run takes the last step before it is killed: another one would begin the next rotation.
      const isOver = phases.length > 0 && trust().phase === 'STEADY';
      const report = isOver ? undefined : await step(of);
      const { phase } = trust();
      if (phases.at(-1) !== phase) {
        phases.push(phase);
        await mesh(['apply', '--yes', '--allow-dirty'], 200 + Math.random() * 2000);
        await applied();
      } else if (report?.state === 'waiting') {
        const unseen = report.open.filter(({ kind, state }) => kind !== 'time' && state === 'unseen');
        // A loaded machine answers late for a moment, and the rotation waits for it; a silent proxy stays silent.
        silent = unseen.length === 0 ? 0 : silent + 1;
        if (silent > mostSilent) expect(unseen).toEqual([]);
        await sleep(500);
      }
      await renew();
      if (phase === 'STEADY' && phases.length > 1) return phases;
    }
  }

  async function step(of: 'root' | 'issuer'): Promise<RotationReport> {
    const ran = await mesh(['certs', 'rotate', of, '--format', 'json']);
    expect(ran, ran.error).toMatchObject({ code: 0 });
    return JSON.parse(ran.out) as RotationReport;
  }

  test(
    `fails no request: ${String(wanted)} or more`,
    async () => {
      const began = trust();
      const started = Date.now();
      before = await failureCounters(shop);
      calls = new Calls(shop, wanted > 50_000 ? 0 : 10, () => `${moment.phase}, during ${moment.runs}`);
      const rotations: string[] = [];
      for (const of of ['root', 'issuer', 'root', 'issuer', 'root', 'issuer'] as const) {
        if (calls.requests >= wanted && rotations.length > 0) break;
        rotations.push(`${of}: ${(await rotated(of)).join(' ')}`);
        await expectNoFailure();
      }
      while (calls.requests < wanted) {
        await renew();
        await sleep(200);
      }
      await calls.stop();
      console.log(
        [
          `${String(calls.requests)} requests in ${String(Math.round((Date.now() - started) / 1000))} s,`,
          `${String(calls.served.reviews)} of them with a handshake of their own,`,
          `${String(calls.failed.length)} failed, ${String(kills)} runs killed; ${rotations.join('; ')}`,
        ].join(' '),
      );
      await expectNoFailure();
      expect(calls.requests).toBeGreaterThanOrEqual(wanted);
      expect(proxies!.dead).toEqual([]);
      expect(trust().roots.map(({ id }) => id)).not.toContain(began.roots[0]!.id);
    },
    (wanted > 50_000 ? 60 : 10) * 60_000,
  );

  test('then refuses certificates of the old root, of strangers, and expired ones', async () => {
    await renew();
    const port = shop.reviews[0]!.inbound;
    expect(await request(port, signedBy(issuer(), [web]))).toBe(200);
    const old = readdirSync(path.join(root, '.state/meshwright/keys/shop.example'))
      .map((name) => name.slice(0, -4))
      .filter((id) => trust().issuers.every((one) => one.id !== id) && certificates.has(id));
    expect(old.length).toBeGreaterThan(0);
    for (const id of old) {
      const { root: signer, certificate } = certificates.get(id)!;
      if (trust().roots.some((one) => one.id === signer)) continue;
      expect(await request(port, signedBy({ certificate, key: key(id) }, [web]))).toBe('refused');
    }
    const { trust: foreign, keys } = await madeHierarchy({}, Date.now());
    const [other] = foreign.issuers;
    const stranger = { certificate: other!.certificate, key: keys.texts.get(other!.id)! };
    expect(await request(port, signedBy(stranger, [web]))).toBe('refused');
    expect(await request(port, signedBy(issuer(), [web], -1))).toBe('refused');
    expect(await request(port, signedBy(issuer(), [web.replace('shop.example', 'other.example')]))).toBe(
      'refused',
    );
    // Envoy alone would take this certificate for each of its names (X.509-SVID, section 2, allows one).
    expect(await request(port, signedBy(issuer(), [web, web.replace('web', 'other')]))).toBe('refused');
  });
});
