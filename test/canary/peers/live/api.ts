import { request } from 'node:https';
import { tokenOf } from '../../../kubernetes/harness/kubeconfig.ts';

/** An object of Kubernetes as an API server answers it. */
export interface ApiObject {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation?: number };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Requests to a test API server as its admin. */
export class Api {
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** Returns the objects of a path such as `/apis/apps/v1/deployments`. */
  async list(path: string): Promise<readonly ApiObject[]> {
    const { items } = (await this.#ask('GET', path)) as { readonly items?: readonly ApiObject[] };
    return items ?? [];
  }

  /** Creates an object at the path of its list. */
  async create(path: string, object: unknown): Promise<void> {
    await this.#ask('POST', path, object, 'application/json');
  }

  /** Merges fields into an object, or into its `/status`. */
  async merge(path: string, fields: unknown): Promise<void> {
    await this.#ask('PATCH', path, fields, 'application/merge-patch+json');
  }

  #ask(method: string, path: string, body?: unknown, type?: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asked = request({
        ...{ host: '127.0.0.1', port: this.#port, method, path, rejectUnauthorized: false },
        headers: { authorization: `Bearer ${tokenOf('admin')}`, ...(type && { 'content-type': type }) },
      });
      asked.on('error', reject);
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${String(response.statusCode)} ${text.slice(0, 500)}`));
        });
      });
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
