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
  percent: ['weight'],
  percentage: ['weight'],
  retryOn: ['on'],
  route: ['backends'],
  secretName: ['certificate'],
  share: ['weight'],
  source: ['from'],
  sources: ['from'],
  split: ['backends'],
  splits: ['backends'],
  subset: ['version'],
  subsets: ['versions'],
  to: ['backends'],
  traffic: ['weight', 'backends'],
  upstreams: ['backends'],
  version: ['backends'],
  weights: ['backends'],
};

/** Returns the known field that a name of another language stands for; undefined if there is none. */
export function foreignWord(field: string, known: readonly string[]): string | undefined {
  const words = Object.hasOwn(foreignWords, field) ? (foreignWords[field] ?? []) : [];
  return words.find((word) => known.includes(word));
}
