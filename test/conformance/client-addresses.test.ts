import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('addresses of clients, in raw bytes', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('clients'), envoy ?? '');
  });
  afterAll(() => (mesh as RunningMesh | undefined)?.stop());

  /** Returns all bytes that a gateway answers to these bytes until it closes the connection or the time is over. */
  function say(port: number, bytes: string | Buffer): Promise<string> {
    return new Promise((resolve) => {
      const socket = net.connect({
        host: `${mesh.network}41.10`,
        port,
        localAddress: `${mesh.network}41.20`,
      });
      let received = '';
      const finish = (): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(received);
      };
      const timer = setTimeout(finish, 5000);
      socket.on('data', (data) => (received += data.toString('latin1')));
      socket.on('error', finish);
      socket.on('close', finish);
      socket.write(bytes);
    });
  }

  const request = (id: string, ...lines: string[]): string =>
    ['GET /anyone HTTP/1.1', 'Host: a', `x-test-id: ${id}`, 'Connection: close', ...lines, '', ''].join(
      '\r\n',
    );
  const seen = (id: string): readonly string[] =>
    mesh.echoes
      .arrivals(id)
      .flatMap(({ headers }) =>
        headers.filter(([name]) => name === 'x-forwarded-for').map(([, value]) => value),
      );

  test.each([
    ['no header', ''],
    ['a header with another name', 'PROXX TCP4 198.51.100.1 192.0.2.1 4000 80\r\n'],
    ['an invalid address', 'PROXY TCP4 198.51.100.256 192.0.2.1 4000 80\r\n'],
    ['an address of another family', 'PROXY TCP4 2001:db8::1 ::1 4000 80\r\n'],
    ['a header after an empty line', '\r\nPROXY TCP4 198.51.100.1 192.0.2.1 4000 80\r\n'],
  ])('a connection with %s is closed', async (what, header) => {
    expect(await say(8081, header + request(what))).not.toContain('200 OK');
    expect(mesh.echoes.arrivals(what)).toEqual([]);
  });

  test('version 2 of the header also has the address', async () => {
    const addresses = [198, 51, 100, 1, 192, 0, 2, 1, 0x9c, 0x40, 0, 80];
    const header = Buffer.from([
      ...[0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a],
      ...[0x21, 0x11, 0, 12, ...addresses],
    ]);
    await say(8081, Buffer.concat([header, Buffer.from(request('v2'))]));
    expect(seen('v2')).toEqual(['198.51.100.1']);
  });

  test('an unknown client has the address of the connection', async () => {
    await say(8081, `PROXY UNKNOWN\r\n${request('unknown')}`);
    expect(seen('unknown')).toEqual([`${mesh.network}41.20`]);
  });

  test('the application finds the client at the end of the list, after the entries of other proxies', async () => {
    await say(
      8081,
      `PROXY TCP4 198.51.100.1 192.0.2.1 4000 80\r\n${request('last', 'x-forwarded-for: 203.0.113.9')}`,
    );
    await say(8082, request('before', 'x-forwarded-for: 203.0.113.9, 198.51.100.1'));
    expect(seen('last').join().split(',').at(-1)?.trim()).toBe('198.51.100.1');
    expect(seen('before').join().split(',').at(-2)?.trim()).toBe('198.51.100.1');
  });
});
