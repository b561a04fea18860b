import { expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { workloadIssuer } from '../../../src/core/identity/workload-issuer.ts';
import { certificateActions } from '../../../src/core/plan/certificate-actions.ts';
import type { CertificateRequest } from '../../../src/core/targets/artifact.ts';
import type { CertificateFacts } from '../../../src/ports/certificate-reader.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { origin } from '../semantics/mesh.ts';
import { certificatesConfig, madeHierarchy } from './made-hierarchy.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-01-01T00:00:00Z');
const subject = 'spiffe://shop.example/ns/shop/sa/web';
const request: CertificateRequest = {
  ...{ type: 'certificate', kind: 'Certificate', name: 'web', namespace: 'shop', origins: [origin] },
  ...{ subject, profile: 'workload', form: 'envoy-sds', proxy: 'web' },
};

/** A clock that moves only when somebody sleeps. */
class SteppedClock implements Clock {
  #time = start;

  now(): Date {
    return new Date(this.#time);
  }

  monotonic(): number {
    return this.#time - start;
  }

  sleep(milliseconds: number): Promise<void> {
    this.#time += milliseconds;
    return Promise.resolve();
  }
}

/** Returns the time of issue, which the state of an output records: validity begins five minutes earlier. */
function issuedAt({ notBefore }: CertificateFacts): number {
  return notBefore + 5 * minute;
}

/** A timer that renews what is due, below an issuer that lives for 20 days; certificates live for 7. */
async function timer(clock: Clock) {
  const { trust, parts } = await madeHierarchy({ issuerLifetime: 20 * day }, start);
  const certificates = certificatesConfig(20 * day);
  const issuer = workloadIssuer({ ...parts, trust, target: 'local', certificates });
  const [facts] = reader.certificates(trust.issuers[0]!.certificate)!;
  let own: CertificateFacts | undefined;
  const tick = async (): Promise<CertificateFacts | undefined> => {
    const kept = own && {
      web: {
        ...{ subject, fingerprint: own.fingerprint, roots: 'r' },
        issued: new Date(issuedAt(own)).toISOString(),
        expires: new Date(own.notAfter).toISOString(),
      },
    };
    const now = clock.now();
    const [action] = certificateActions([request], kept ?? {}, new Set(['web']), 'r', now);
    if (action!.action === 'keep') return undefined;
    const [material] = await issuer.issue([request], now);
    const chain: string = JSON.parse(material!.text).resources[0].tls_certificate.certificate_chain
      .inline_string;
    [own] = reader.certificates(chain)!;
    return own;
  };
  return { tick, issuer: facts!, inUse: () => own! };
}

// certificates.md: renewed at two thirds of a life, valid 5 minutes before the issue, never longer than the issuer.
test('a timer renews each certificate at the first hour after two thirds of its life, and none outlives its issuer', async () => {
  const clock = new SteppedClock();
  const { tick, issuer, inUse } = await timer(clock);
  const lives: CertificateFacts[] = [];
  while (clock.now().getTime() < issuer.notAfter - 2 * hour) {
    const before = lives.at(-1);
    const now = clock.now().getTime();
    const fresh = await tick();
    if (before !== undefined) {
      const due = issuedAt(before) + ((before.notAfter - issuedAt(before)) * 2) / 3;
      expect(fresh !== undefined, `${String((now - start) / hour)} h`).toBe(now >= due);
    }
    if (fresh !== undefined) {
      expect(fresh.notBefore).toBe(now - 5 * minute);
      expect(fresh.notAfter).toBe(Math.min(now + 7 * day, issuer.notAfter));
      lives.push(fresh);
    }
    // Verifiers whose clocks differ by 5 minutes accept the certificate, too.
    const { notBefore, notAfter } = inUse();
    expect(notBefore).toBeLessThanOrEqual(now - 5 * minute * Number(fresh !== undefined));
    expect(notAfter).toBeGreaterThan(now + 5 * minute);
    await clock.sleep(hour);
  }
  // Two thirds of seven days are 112 hours.
  expect(lives.slice(0, 3).map((one) => (issuedAt(one) - start) / hour)).toEqual([0, 112, 224]);
  expect(lives.at(-1)!.notAfter).toBe(issuer.notAfter);
});

test('after the end of its issuer a timer fails, and the last certificate stays', async () => {
  const clock = new SteppedClock();
  const { tick, issuer, inUse } = await timer(clock);
  await tick();
  await clock.sleep(15 * day);
  await tick();
  expect(inUse().notAfter).toBe(issuer.notAfter);
  await clock.sleep(issuer.notAfter - clock.now().getTime() + 1000);
  const last = inUse();
  await expect(tick()).rejects.toMatchObject({ exitCode: 13 });
  expect(inUse()).toBe(last);
});

test('a clock that was ahead is set back: the certificate that is not valid yet is renewed at once', async () => {
  const clock = new SteppedClock();
  const { tick, inUse } = await timer(clock);
  await clock.sleep(2 * day);
  await tick();
  await clock.sleep(-10 * minute);
  expect(inUse().notBefore).toBeGreaterThan(clock.now().getTime());
  // Within the five minutes of a backdated certificate every clock may be: then nothing is renewed.
  await clock.sleep(5 * minute);
  expect(await tick()).toBeUndefined();
  await clock.sleep(-6 * minute);
  const fresh = await tick();
  expect(fresh!.notBefore).toBe(clock.now().getTime() - 5 * minute);
});
