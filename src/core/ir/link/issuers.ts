import { canonicalJson } from '../../lib/canonical-json.ts';
import type { TokenLocation, Issuer as WrittenIssuer } from '../../spec/types.gen.ts';
import type { Issuer, TokenSource } from '../authentication.ts';
import { entriesOf, originOfWritten, type SpecPlace } from './spec-place.ts';

const bearer: TokenSource = { type: 'header', name: 'authorization', prefix: 'Bearer' };

/** Returns an issuer of tokens, with its defaults. */
export function issuerOf(name: string, written: WrittenIssuer, at: SpecPlace): Issuer {
  const { inline, uri } = written.jwks;
  const claimHeaders = entriesOf(written.claimHeaders).map(([header, claim]) => ({
    header: header.toLowerCase(),
    claim,
  }));
  return {
    origin: originOfWritten({ ...at, part: 'key' }),
    name,
    issuer: written.issuer,
    audiences: written.audiences ?? [],
    jwks:
      uri === undefined
        ? { type: 'inline', text: typeof inline === 'string' ? inline : canonicalJson(inline) }
        : { type: 'uri', uri },
    from: written.from?.map(tokenSource) ?? [bearer],
    forward: written.forward ?? true,
    claimHeaders: claimHeaders.sort((one, other) => (one.header < other.header ? -1 : 1)),
  };
}

function tokenSource({ header, prefix, query, cookie }: TokenLocation): TokenSource {
  if (header !== undefined) return { type: 'header', name: header.toLowerCase(), prefix: prefix ?? '' };
  return query === undefined ? { type: 'cookie', name: cookie ?? '' } : { type: 'query', name: query };
}
