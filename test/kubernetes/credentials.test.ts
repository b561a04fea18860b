import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectCluster } from '../../src/adapters/cluster/connect-cluster.ts';
import { systemClock as clock } from '../../src/adapters/system-clock.ts';
import type { ServedKind } from '../../src/ports/cluster.ts';
import { type ConnectProxy, startConnectProxy } from './harness/connect-proxy.ts';
import {
  connected,
  ensureNamespace,
  installCrds,
  testKubeconfig,
  withKubeconfig,
} from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { testServer } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
const namespace = 'credentials';

describe.skipIf(testKubeconfig === undefined)('credentials of a cluster', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let folder: string;
  let proxy: FaultProxy;
  const opened: { close(): void }[] = [];

  beforeAll(async () => {
    await ensureNamespace(admin, namespace);
    await installCrds(admin);
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mesh-credentials-'));
    proxy = await startFaultProxy();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const one of opened.splice(0)) one.close();
    await proxy.stop();
    rmSync(folder, { recursive: true });
  });
  afterAll(() => admin.close());

  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  /** Writes a kubeconfig of one user; the server is the fault proxy unless another is named. */
  const kubeconfig = (user: object, cluster: object = { server: proxy.address }): string =>
    write(
      'kubeconfig',
      JSON.stringify({
        clusters: [{ name: 'test', cluster }],
        users: [{ name: 'somebody', user }],
        contexts: [{ name: 'admin', context: { cluster: 'test', user: 'somebody' } }],
        'current-context': 'admin',
      }),
    );

  const open = (user: object, cluster?: object): ReturnType<typeof connected> => {
    const made = connected('admin', kubeconfig(user, cluster));
    opened.push(made);
    return made;
  };

  /** Returns the cluster of the test server itself, over TLS. */
  const overTls = (): Readonly<Record<string, string>> => {
    const { url, ca } = testServer();
    return { server: url.href, 'certificate-authority-data': ca.toString('base64') };
  };

  test('are read from a token file at each request, without its line feed', async () => {
    const file = write('token', 'old-token\n');
    // The path is relative to the kubeconfig.
    const cluster = open({ tokenFile: 'token' });
    await expect(cluster.list(maps, { namespace })).rejects.toThrow(/credentials of the context \(401/);
    writeFileSync(file, 'admin-token\n');
    await expect(cluster.list(maps, { namespace })).resolves.toBeDefined();
  });

  test('of a token file that is missing are an error that names it', async () => {
    const cluster = open({ tokenFile: '/nowhere/token' });
    await expect(cluster.list(maps)).rejects.toMatchObject({
      exitCode: 15,
      message: expect.stringMatching(/^no credentials of somebody for admin .*\/nowhere\/token/) as string,
    });
  });

  describe('of a plug-in', () => {
    /** Writes a plug-in that counts its calls and prints one token after the other. */
    const plugin = (tokens: readonly string[], rest = ''): object => {
      const script = `#!/bin/sh
cd '${folder}'
echo x >> calls
case $(wc -l < calls) in
${tokens
  .slice(0, -1)
  .map((token, i) => `${i + 1}) token=${token} ;;`)
  .join('\n')}
*) token=${tokens.at(-1) ?? ''} ;;
esac
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"${rest}}}' $token
`;
      const command = write('plugin.sh', script);
      chmodSync(command, 0o700);
      return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
    };
    const calls = (): number => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').length;

    test('are asked for once by all concurrent requests', async () => {
      const cluster = open(plugin(['admin-token']));
      await Promise.all(Array.from({ length: 8 }, () => cluster.list(maps, { namespace })));
      expect(calls()).toBe(1);
    });

    test('are asked for again once the server refuses them, by all requests together', async () => {
      const cluster = open(plugin(['expired-token', 'admin-token']));
      await Promise.all(Array.from({ length: 8 }, () => cluster.list(maps, { namespace })));
      expect(calls()).toBe(2);
    });

    test('are asked for again when they expire', async () => {
      const cluster = open(plugin(['admin-token'], ',"expirationTimestamp":"2020-01-01T00:00:00Z"'));
      await cluster.list(maps, { namespace });
      await cluster.list(maps, { namespace });
      expect(calls()).toBe(2);
    });

    test('that the server refuses twice are an error', async () => {
      const cluster = open(plugin(['expired-token']));
      await expect(cluster.list(maps)).rejects.toMatchObject({
        exitCode: 15,
        message: expect.stringMatching(
          /doesn't accept the credentials of the context \(401 .*renew them$/,
        ) as string,
      });
      expect(calls()).toBe(2);
    });

    test('that ask a person are refused at once', async () => {
      const { exec } = plugin(['admin-token']) as { readonly exec: object };
      const cluster = open({ exec: { ...exec, interactiveMode: 'Always' } });
      await expect(cluster.list(maps)).rejects.toThrow(
        /asks a person .*: use a context whose plug-in works alone/,
      );
      expect(existsSync(join(folder, 'calls'))).toBe(false);
    });

    test('that fails are an error with its output', async () => {
      const command = write('fails.sh', '#!/bin/sh\necho "log in first" >&2\nexit 1\n');
      chmodSync(command, 0o700);
      const cluster = open({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command } });
      await expect(cluster.list(maps)).rejects.toThrow(
        /^no credentials of somebody for admin .*: log in first$/,
      );
    });

    /** Opens a cluster whose user has a plug-in with this script. */
    const openScript = (script: string, exec: object = {}, pluginLimit = 20_000) => {
      const command = write('scripted.sh', `#!/bin/sh\n${script}\n`);
      chmodSync(command, 0o700);
      const file = kubeconfig({
        exec: { apiVersion: 'client.authentication.k8s.io/v1', command, ...exec },
      });
      const made = withKubeconfig(file, () =>
        connectCluster('admin', { clock, userAgent: 'mesh/test', pluginLimit }),
      );
      opened.push(made);
      return made;
    };

    test('that gives no answer are an error in time, even if a child keeps its output open', async () => {
      const cluster = openScript('sleep 30 &\nsleep 30', {}, 300);
      const started = Date.now();
      await expect(cluster.list(maps)).rejects.toMatchObject({
        exitCode: 15,
        message: expect.stringMatching(
          /^no credentials of somebody for admin .*: the plug-in \S+scripted\.sh gave no answer in 0\.3 s: run the plug-in by hand/,
        ) as string,
      });
      expect(Date.now() - started).toBeLessThan(10_000);
    });

    test('that reads standard input finds it empty', async () => {
      const token = `'{"status":{"token":"admin-token"}}'`;
      const cluster = openScript(`cat > /dev/null; echo ${token}`);
      await expect(cluster.list(maps, { namespace })).resolves.toBeDefined();
    });

    describe('that reads KUBERNETES_EXEC_INFO', () => {
      const settings = { audience: 'shop', scopes: ['read', 'write'] };
      const exec = 'client.authentication.k8s.io/exec';

      /** Returns the ExecCredential that a plug-in got for a cluster of the kubeconfig. */
      const told = async (more: object, cluster: object): Promise<unknown> => {
        const command = write(
          'told.sh',
          `#!/bin/sh\nprintf %s "$KUBERNETES_EXEC_INFO" > '${folder}/told'\nexit 1\n`,
        );
        chmodSync(command, 0o700);
        const apiVersion = 'client.authentication.k8s.io/v1beta1';
        await expect(open({ exec: { apiVersion, command, ...more } }, cluster).list(maps)).rejects.toThrow(
          /told/,
        );
        return JSON.parse(readFileSync(join(folder, 'told'), 'utf8'));
      };

      test('finds nothing of the cluster unless it asks for it', async () => {
        expect(await told({}, overTls())).toEqual({
          kind: 'ExecCredential',
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          spec: { interactive: false },
        });
      });

      test('finds the cluster with its own settings if it asks for them', async () => {
        const { url, ca } = testServer();
        writeFileSync(join(folder, 'ca.crt'), ca);
        const cluster = {
          server: url.href,
          // The path is relative to the kubeconfig.
          'certificate-authority': 'ca.crt',
          'tls-server-name': 'kubernetes',
          'proxy-url': 'http://127.0.0.1:9',
          'disable-compression': true,
          extensions: [
            { name: 'another.example/exec', extension: { audience: 'other' } },
            { name: exec, extension: settings },
          ],
        };
        expect(await told({ provideClusterInfo: true }, cluster)).toMatchObject({
          spec: {
            interactive: false,
            cluster: {
              server: url.href.replace(/\/$/, ''),
              'certificate-authority-data': ca.toString('base64'),
              'tls-server-name': 'kubernetes',
              'proxy-url': 'http://127.0.0.1:9',
              'disable-compression': true,
              config: settings,
            },
          },
        });
        const { spec } = (await told(
          { provideClusterInfo: true },
          { server: url.href, 'insecure-skip-tls-verify': true },
        )) as { spec: { cluster: object } };
        expect(spec.cluster).toEqual({
          server: url.href.replace(/\/$/, ''),
          'insecure-skip-tls-verify': true,
        });
      });

      test('gets no word of the cluster if its certificate authority is missing', () => {
        const cluster = { server: testServer().url.href, 'certificate-authority': '/nowhere/ca.crt' };
        expect(() => open({ exec: { command: 'x', provideClusterInfo: true } }, cluster)).toThrow(
          /the certificate authority of test can't be given to the plug-in of somebody: .*nowhere/,
        );
      });
    });

    test.each([
      ['nothing', 'true'],
      ['no JSON', 'echo admin-token'],
      ['a key without its certificate', `echo '{"status":{"clientKeyData":"admin-token"}}'`],
    ])('that prints %s are an error that does not quote it', async (_, script) => {
      const failed = openScript(script).list(maps);
      await expect(failed).rejects.toThrow(/scripted\.sh printed no ExecCredential with a token/);
      await expect(failed).rejects.not.toThrow(/admin-token/);
    });

    test('that is not installed are an error with the hint of the kubeconfig', async () => {
      const cluster = openScript('', {
        command: 'no-such-plugin',
        installHint: 'Install it from the shop.\n',
      });
      await expect(cluster.list(maps)).rejects.toThrow(
        /there is no program no-such-plugin, the plug-in of this user: Install it from the shop\.$/,
      );
    });

    test('that expire during an apply are renewed, and the apply succeeds', async () => {
      const mesh = await SmallMesh.make(admin, 'credentials-renewed');
      let writes = 0;
      // The server forgets the first token at the third write.
      proxy.faultOf = ({ method }) => (method !== 'GET' && (writes += 1) === 3 ? { status: 401 } : undefined);
      const file = kubeconfig(plugin(['admin-token']));
      const { code, error } = await mesh.run(['apply', '--yes'], { kubeconfig: file });
      expect(code, error).toBe(0);
      expect(calls()).toBe(2);
      mesh.remove();
    });

    test('that are lost during an apply stop it, and a resume finishes it', async () => {
      const mesh = await SmallMesh.make(admin, 'credentials-ended');
      let writes = 0;
      proxy.faultOf = ({ method }) =>
        method === 'PATCH' && (writes += 1) >= 3 ? { status: 401 } : undefined;
      const file = kubeconfig(plugin(['admin-token']));
      const stopped = await mesh.run(['apply', '--yes'], { kubeconfig: file });
      expect(stopped.code, stopped.error).toBe(8);
      expect(stopped.error).toMatch(/doesn't accept the credentials of the context .* renew them/);
      proxy.faultOf = () => undefined;
      const resumed = await mesh.run(['apply', '--resume', '--yes'], { kubeconfig: file });
      expect(resumed.code, resumed.error).toBe(0);
      mesh.remove();
    });

    test('that expire while a watch is open are renewed', async () => {
      const cluster = open(plugin(['admin-token']));
      const { resourceVersion } = await cluster.list(maps, { namespace });
      let left = 1;
      proxy.faultOf = ({ path }) => (path.includes('watch=true') && left-- > 0 ? { status: 401 } : undefined);
      const stop = new AbortController();
      const events = cluster.watch(maps, { namespace, resourceVersion }, stop.signal);
      const next = events.next();
      await admin.create(maps, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `watched-${Date.now()}`, namespace },
      });
      expect(await next).toMatchObject({ value: { type: 'added' } });
      stop.abort();
      expect(calls()).toBe(2);
    });
  });

  test('may be a certificate of the client, in the kubeconfig or in files', async () => {
    const person = (name: string): string => join(dirname(testKubeconfig ?? ''), `person.${name}`);
    const inline = (name: string): string => readFileSync(person(name)).toString('base64');
    const files = { 'client-certificate': person('certificate'), 'client-key': person('key') };
    const data = { 'client-certificate-data': inline('certificate'), 'client-key-data': inline('key') };
    for (const user of [files, data])
      await expect(open(user, overTls()).list(maps, { namespace })).resolves.toBeDefined();
    await expect(open({}, overTls()).list(maps, { namespace })).rejects.toThrow(/system:anonymous/);
  });

  test('of a Pod are those that Kubernetes mounts, and are read again when they are renewed', async () => {
    const account = join(folder, 'serviceaccount');
    mkdirSync(account);
    const { url, ca } = testServer();
    writeFileSync(join(account, 'ca.crt'), ca);
    writeFileSync(join(account, 'token'), 'old-token');
    vi.stubEnv('KUBECONFIG', undefined);
    vi.stubEnv('KUBERNETES_SERVICE_HOST', url.hostname);
    vi.stubEnv('KUBERNETES_SERVICE_PORT', url.port);
    const cluster = connectCluster(undefined, { clock, userAgent: 'mesh/test', serviceAccount: account });
    opened.push(cluster);
    expect(cluster.description).toBe(`in-cluster (https://127.0.0.1:${url.port})`);
    await expect(cluster.list(maps, { namespace })).rejects.toThrow(/401/);
    writeFileSync(join(account, 'token'), 'admin-token');
    await expect(cluster.list(maps, { namespace })).resolves.toBeDefined();
  });

  test('are not sent over plain HTTP to another machine', async () => {
    const cluster = open({ token: 'admin-token' }, { server: 'http://192.0.2.1:8080' });
    await expect(cluster.list(maps)).rejects.toMatchObject({
      exitCode: 15,
      message: expect.stringMatching(/192\.0\.2\.1.* is no https address/) as string,
    });
  });

  describe('by way of an HTTP proxy', () => {
    let tunnel: ConnectProxy;
    beforeEach(async () => {
      tunnel = await startConnectProxy();
    });
    afterEach(() => tunnel.stop());

    test('of the kubeconfig reach the server, over connections that stay open', async () => {
      const cluster = open({ token: 'admin-token' }, { ...overTls(), 'proxy-url': tunnel.address });
      for (let i = 0; i < 5; i += 1) await cluster.list(maps, { namespace });
      expect(tunnel.tunnels).toEqual([testServer().url.host]);
    });

    test('of the environment reach the server, unless NO_PROXY names it', async () => {
      // A name that only the proxy can find.
      const server = `https://kubernetes.default.svc:${testServer().url.port}`;
      const named = { ...overTls(), server };
      vi.stubEnv('HTTPS_PROXY', tunnel.address);
      await open({ token: 'admin-token' }, named).list(maps, { namespace });
      expect(tunnel.tunnels).toEqual([new URL(server).host]);
      vi.stubEnv('NO_PROXY', '.svc');
      await expect(open({ token: 'admin-token' }, named).list(maps)).rejects.toThrow(/can't be reached/);
      expect(tunnel.tunnels).toHaveLength(1);
    });
  });
});
