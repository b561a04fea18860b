import { expect, test } from 'vitest';
import { certificateReader as reader } from '../../../src/adapters/certificate-reader.ts';
import { endingIssuers } from '../../../src/core/identity/ending-issuers.ts';
import { issuerLives } from '../../../src/core/identity/issuer-life.ts';
import { linked, spec } from '../ir/linked.ts';
import { madeHierarchy } from './made-hierarchy.ts';

const day = 24 * 60 * 60 * 1000;
const made = Date.parse('2026-01-01T00:00:00Z');
const { trust } = await madeHierarchy({ issuerLifetime: 100 * day }, made);

// 100 days and five minutes: at most 25 % are left from the 75th day on, at most 15 % from the 85th on (certificates.md).
test.each([
  [74, 'good', undefined],
  [76, 'due', 'MESH4020'],
  [86, 'near', 'MESH4020'],
  [100, 'expired', 'MESH4021'],
  [-1, 'early', 'MESH4021'],
])('after %i of 100 days an issuer is %s', (days, state, code) => {
  const now = made + days * day;
  const life = issuerLives(trust, 'local', reader, now).find(({ what }) => what === 'issuer of local');
  expect(life).toMatchObject({ state, daysLeft: 100 - days });
  const found = endingIssuers(spec(), linked(), trust, ['local'], { reader, now }).filter(({ message }) =>
    message.includes('issuer of local'),
  );
  expect(found.map((one) => one.code)).toEqual(code === undefined ? [] : [code]);
});
