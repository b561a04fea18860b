import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';

/**
 * The range below the ports of outgoing connections (Linux: from 32768), so that no client holds one of these ports.
 */
const [lowest, highest] = [10_240, 32_000];

/**
 * Returns ports of the loopback on which nobody listens. The ports stay reserved until this process ends: it keeps a
 * UDP socket with the same number for each, and other callers skip such ports. So a server may take its port minutes
 * later.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found: number[] = [];
  const start = lowest + Math.floor(Math.random() * (highest - lowest));
  for (let step = 0; found.length < count; step += 1) {
    if (step > highest - lowest) throw new Error(`no ${String(count)} ports of the loopback are free`);
    const port = lowest + ((start - lowest + step) % (highest - lowest));
    if ((await claimed(port)) && (await unused(port))) found.push(port);
  }
  return found;
}

function claimed(port: number): Promise<boolean> {
  const claim = dgram.createSocket('udp4').unref();
  claim.bind(port, '127.0.0.1');
  return settled(claim, () => once(claim, 'listening'));
}

async function unused(port: number): Promise<boolean> {
  const server = net.createServer().listen(port, '127.0.0.1');
  const isFree = await settled(server, () => once(server, 'listening'));
  if (isFree) await new Promise((done) => server.close(done));
  return isFree;
}

async function settled(socket: { close: () => unknown }, opened: () => Promise<unknown>): Promise<boolean> {
  try {
    await opened();
    return true;
  } catch {
    socket.close();
    return false;
  }
}
