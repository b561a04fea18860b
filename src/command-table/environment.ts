/** An environment variable that the program reads. */
export interface VariableData {
  readonly name: string;
  readonly description: string;
  /** True for a variable that the reference page has, and the help of the program leaves out. */
  readonly isMinor?: true;
}

/** All environment variables that the program reads, in the order of the help. */
export const environment: readonly VariableData[] = [
  { name: 'MESH_AGE_KEY', description: 'age identities that decrypt keys kept in the repository' },
  {
    name: 'MESH_AGE_KEY_FILE',
    description: 'file of age identities, outside the repository; MESH_AGE_KEY comes first',
  },
  {
    name: 'MESH_AGE_KEY_COMMAND',
    description: 'program, with arguments separated by spaces, that prints age identities; comes last',
  },
  { name: 'MESH_PROMETHEUS_TOKEN', description: 'bearer token for the Prometheus server of the mesh' },
  {
    name: 'MESH_PROMETHEUS_TOKEN_FILE',
    description: 'file of that token, read again when it changes',
    isMinor: true,
  },
  { name: 'MESH_PROMETHEUS_USER', description: 'user for the Prometheus server', isMinor: true },
  { name: 'MESH_PROMETHEUS_PASSWORD', description: 'password of that user', isMinor: true },
  {
    name: 'MESH_PROMETHEUS_HEADERS',
    description: 'further headers for the Prometheus server',
    isMinor: true,
  },
  {
    name: 'MESH_PROMETHEUS_CA_FILE',
    description: "certificates that sign the server's certificate, PEM",
    isMinor: true,
  },
  { name: 'MESH_PROMETHEUS_CERT_FILE', description: 'client certificate for the server, PEM', isMinor: true },
  { name: 'MESH_PROMETHEUS_KEY_FILE', description: 'key of the client certificate, PEM', isMinor: true },
  {
    name: 'XDG_STATE_HOME',
    description: 'keys that are not in the repository lie in meshwright/ there (default: ~/.local/state)',
  },
  {
    name: 'MESHWRIGHT_CACHE',
    description: 'folder of caches (default: $XDG_CACHE_HOME/meshwright, ~/.cache/meshwright)',
  },
  { name: 'XDG_CACHE_HOME', description: 'folder of the caches of all programs', isMinor: true },
  {
    name: 'MESH_CACHE',
    description: 'off: results of earlier runs are neither used nor kept',
    isMinor: true,
  },
  {
    name: 'ENVOY',
    description: 'the Envoy of up and doctor (default: that of the PATH, then of the caches)',
  },
  {
    name: 'KUBECONFIG',
    description: 'files of clusters and users, as for kubectl (default: ~/.kube/config)',
  },
  { name: 'HTTPS_PROXY', description: 'proxy to API servers that speak https', isMinor: true },
  { name: 'HTTP_PROXY', description: 'proxy to API servers that speak http', isMinor: true },
  { name: 'NO_PROXY', description: 'hosts that are asked without a proxy', isMinor: true },
  { name: 'NO_COLOR', description: 'any value: no colours, as --no-color' },
  { name: 'FORCE_COLOR', description: 'colours without a terminal, too; 0 or false: none' },
  {
    name: 'COLUMNS',
    description: 'width of text without a terminal, 10 to 9999 (default: 80)',
    isMinor: true,
  },
  { name: 'TERM', description: 'dumb: no colours and no live view', isMinor: true },
  { name: 'CI', description: 'any value but 0 and false: no live view' },
  { name: 'MESHWRIGHT_DEBUG', description: 'any value: an error prints its stack', isMinor: true },
  {
    name: 'NODE_COMPILE_CACHE',
    description: 'folder of compiled code for Node, which only its owner may write',
    isMinor: true,
  },
];

/** Returns the section of the root's help about environment variables. */
export function environmentHelp(): string {
  const shown = environment.filter(({ isMinor }) => !isMinor);
  return [
    '',
    'Environment:',
    ...shown.map(({ name, description }) => `  ${name}\n      ${description}`),
  ].join('\n');
}
