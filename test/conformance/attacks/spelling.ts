import { type Bytes, h1Bytes, h2Bytes, type Wire } from './wire.ts';

/** Another way to write a request. */
export interface Spelling {
  readonly name: string;
  /** True if it has the meaning of the request, so that the same rules must refuse it. */
  readonly same: boolean;
  /** Returns undefined if the request has no part that can be spelled in this way. */
  readonly spell: (wire: Wire) => readonly Bytes[] | undefined;
}

/** Returns a spelling for both versions of HTTP. */
export function both(name: string, same: boolean, write: (wire: Wire) => Wire | undefined): Spelling {
  return {
    name,
    same,
    spell(wire) {
      const written = write(wire);
      return written === undefined ? undefined : [h1Bytes(written), h2Bytes(written)];
    },
  };
}

/** Returns a spelling of the host for both versions of HTTP, from its name and its port with the colon. */
export function host(
  name: string,
  same: boolean,
  write: (name: string, port: string) => string | undefined,
): Spelling {
  return both(`host: ${name}`, same, (wire) => {
    const [, bare = '', port = ''] = /^(.*?)(:\d+)?$/.exec(wire.host) ?? [];
    const written = write(bare, port);
    return written === undefined || written === wire.host ? undefined : { ...wire, host: written };
  });
}

/** Returns a spelling that only HTTP/1.1 has. */
export function h1(name: string, same: boolean, spell: (wire: Wire) => Bytes): Spelling {
  return { name: `h1 ${name}`, same, spell: (wire) => [spell(wire)] };
}

/** Returns a spelling that only HTTP/2 has. */
export function h2(name: string, same: boolean, spell: (wire: Wire) => Bytes): Spelling {
  return { name: `h2 ${name}`, same, spell: (wire) => [spell(wire)] };
}
