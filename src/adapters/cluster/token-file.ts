import type { Authenticator } from '@kubernetes/client-node/dist/auth.js';
import type { User } from '@kubernetes/client-node/dist/config_types.js';
import { readRegularFile } from '../regular-file.ts';

const provider = 'mesh-token-file';

/** Returns a user whose token is in a file; the file has precedence over a token, as in kubectl. */
export function tokenUser(name: string, file: string): User {
  return { name, token: undefined, authProvider: { name: provider, config: { file } } } as unknown as User;
}

/** Sends the token that a file holds at the moment of the request: somebody else renews the file. */
export class TokenFile implements Authenticator {
  isAuthProvider({ authProvider }: User): boolean {
    return (authProvider as { readonly name?: string } | null | undefined)?.name === provider;
  }

  applyAuthentication({ authProvider }: User, options: { headers?: Record<string, unknown> }): Promise<void> {
    const { file } = (authProvider as { readonly config: { readonly file: string } }).config;
    const token = readRegularFile(file, { most: 1024 * 1024 })
      .toString('utf8')
      .trim();
    options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
    return Promise.resolve();
  }
}
