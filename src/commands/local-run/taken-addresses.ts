import type { Proxy } from '../../core/targets/proxy.ts';
import type { ListenAddress, LocalListeners } from '../../ports/local-listeners.ts';

/** Returns a sentence for each address of a proxy at which another program listens on this machine. */
export async function takenAddresses(
  { id, admin, inbound, outbound }: Pick<Proxy, 'id' | 'admin' | 'inbound' | 'outbound'>,
  listeners: LocalListeners,
): Promise<readonly string[]> {
  const named = { admin, ...inbound, ...(outbound !== '' && { outbound }) };
  const found = await Promise.all(
    Object.entries(named).map(async ([what, written]) => {
      const address = parsedAddress(written);
      const isTaken = address !== undefined && (await listeners.isTaken(address));
      return isTaken
        ? [
            `proxy ${id} can't listen at ${written} (${what}): another program listens there; end it, or give the proxy another address in the spec`,
          ]
        : [];
    }),
  );
  return found.flat();
}

function parsedAddress(written: string): ListenAddress | undefined {
  if (!URL.canParse(`http://${written}`)) return undefined;
  const { hostname, port } = new URL(`http://${written}`);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 80) };
}
