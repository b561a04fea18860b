/** Reasons for patches that no reader takes, by what stands in them; the first that fits counts. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /filters\.http\.ratelimit|"rate_?limits"|"rate_?[lL]imit_?[sS]ervice"/,
    'a rate limiter is not asked about requests: write `rateLimiter` in the Mesh, and `rateLimit` with `scope: service` in the Service',
  ],
  [/local_ratelimit/, 'requests have no limit: write `rateLimit` in the Service or the rule of a Route'],
  [/ext_authz/, 'nobody asks the external authorizer: write `externalAuthorization` in an Authentication'],
  [/jwt_authn/, 'tokens are not checked: write an Authentication'],
  [/rbac/, 'calls are not refused by this filter: write an Access'],
  [/oauth2/, 'nobody is sent to log in: the language has no sessions of users'],
  [/filters\.http\.lua/, 'the script does not run: the language has no code of its own'],
  [/wasm/i, 'the plugin does not run: the language has no code of its own'],
  [/filters\.http\.(?:compressor|decompressor|gzip|brotli)/, 'answers are not compressed'],
  [/filters\.http\.cors/, 'browsers get no answer about other origins: write `cors` in the rule of a Route'],
  [/filters\.http\.fault/, 'no faults are injected: write `fault` in the rule of a Route'],
  [/filters\.http\.buffer/, 'bodies of requests are not held back until they are whole'],
  [/access_?[lL]og/, 'the log is that of the mesh: write `telemetry.accessLog`'],
];

/** Returns the reason why a patch that no reader takes is lost. */
export function refusalOf(value: unknown): string {
  const text = JSON.stringify(value);
  const found = reasons.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? 'proxies are not patched';
}
