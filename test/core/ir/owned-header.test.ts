import { describe, expect, it } from 'vitest';
import { ownedHeader } from '../../../src/core/ir/owned-header.ts';

/**
 * The language page: "**Headers that proxies own** can't be matched or named in Access: `host`, `cookie`, `connection`,
 * `keep-alive`, `proxy-connection`, `expect`, `te`, `upgrade`, `transfer-encoding`, `content-length`, `forwarded`, `via`,
 * `x-forwarded-*`, `x-envoy-*`, `x-meshwright-*`, `x-request-id`, `traceparent`, `tracestate`, `:…`". The schema refuses
 * names with a colon.
 */
const owned =
  'host cookie connection keep-alive proxy-connection expect te upgrade transfer-encoding content-length forwarded via x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-forwarded-prefix x-forwarded-client-cert x-forwarded-anything x-envoy-internal x-envoy-anything x-meshwright-client x-request-id traceparent tracestate'.split(
    ' ',
  );

/** "Of these `x-forwarded-proto|host|port|prefix`, `forwarded`, `via`, `x-request-id` and `cookie` may be set, added and removed." */
const changeable =
  'x-forwarded-proto x-forwarded-host x-forwarded-port x-forwarded-prefix forwarded via x-request-id cookie'.split(
    ' ',
  );

describe('headers that proxies own', () => {
  it.each(owned)('%s is owned in any case and has an alternative', (name) => {
    expect(ownedHeader(name.toUpperCase())?.instead).not.toBe('');
    expect(ownedHeader(name)?.changeable).toBe(changeable.includes(name));
  });

  it.each([
    'x-user',
    'x-forwarded',
    'x-forward-for',
    'x-envoy',
    'referer',
    'authorization',
    'origin',
    'x-b3-traceid',
  ])('%s is not owned', (name) => {
    expect(ownedHeader(name)).toBeUndefined();
  });
});
