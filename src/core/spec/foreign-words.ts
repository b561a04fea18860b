/** Names of fields that other languages have, with the fields of this language that mean the same. */
const foreignWords: Readonly<Record<string, readonly string[]>> = {
  backendRefs: ['backends'],
  cert: ['certificate', 'files'],
  certFile: ['certificate'],
  claims: ['when'],
  credentialName: ['certificate'],
  destination: ['backends', 'service'],
  destinations: ['backends'],
  domains: ['hostnames', 'hosts'],
  host: ['hostnames', 'hosts'],
  hostname: ['hostnames', 'hosts'],
  hostnames: ['hosts'],
  hosts: ['hostnames'],
  jwksUri: ['jwks'],
  jwks_uri: ['jwks'],
  jwt: ['issuers', 'when'],
  jwtRules: ['issuers'],
  key: ['certificate'],
  keyFile: ['certificate'],
  methods: ['to'],
  numRetries: ['attempts'],
  operations: ['to'],
  paths: ['to'],
  retryOn: ['on'],
  route: ['backends'],
  secretName: ['certificate'],
  source: ['from'],
  sources: ['from'],
  subset: ['version'],
  subsets: ['versions'],
  upstreams: ['backends'],
};

/** Returns the known field that a name of another language stands for; undefined if there is none. */
export function foreignWord(field: string, known: readonly string[]): string | undefined {
  const words = Object.hasOwn(foreignWords, field) ? (foreignWords[field] ?? []) : [];
  return words.find((word) => known.includes(word));
}
