/** The users of the test server: `admin` may do everything, the others nothing before a test binds roles to them. */
export const testUsers = ['admin', 'planner', 'applier', 'nobody'] as const;

/** Returns the token of a test user. */
export function tokenOf(user: string): string {
  return `${user}-token`;
}

/** Returns a kubeconfig with a context for each of the test users; `admin` is the current one. */
export function kubeconfigText(cluster: Readonly<Record<string, string | boolean>>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: testUsers.map((name) => ({ name, user: { token: tokenOf(name) } })),
    contexts: testUsers.map((name) => ({ name, context: { cluster: 'test', user: name } })),
    'current-context': 'admin',
  });
}
