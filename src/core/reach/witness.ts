import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { type Claims, claimAt, textClaims } from '../semantics/claims.ts';
import { enteredListener } from '../semantics/listener.ts';
import type { Request } from '../semantics/request.ts';
import type { Entry } from './meaning/request-meaning.ts';
import type { Label } from './meaning.ts';
import type { Part } from './values.ts';

/** Returns the request that consists of an entry and these parts: the shortest one of its box, as `decide` takes it. */
export function witnessOf(ir: Ir, entry: Entry, parts: readonly Part[]): Request {
  const request: Draft = { headers: [], claims: {}, method: 'GET', path: '/', query: [] };
  for (const part of parts) add(request, part, () => hops(ir, entry));
  const { headers, claims, token, query, method, path, address } = request;
  return {
    ...entry,
    method,
    path,
    headers,
    ...(query.length > 0 && { query: query.join('&') }),
    ...(address !== undefined && { address }),
    ...(token !== undefined &&
      token !== 'none' && {
        claims: token === 'invalid' ? token : { ...claims, iss: token.issuer },
      }),
  };
}

/**
 * Returns a witness and other requests of its box: headers that claims write differ in one with the claims, and paths as they are
 * sent in one that is not normal.
 */
export function likeWitness(witness: Request, labels: readonly Label[]): readonly Request[] {
  return [witness, withClaims(witness, labels), { ...witness, path: `/.${witness.path}` }];
}

/** Returns a request whose token also has the claims that become headers by one of the labels, each a text of its own. */
function withClaims(request: Request, labels: readonly Label[]): Request {
  const { claims } = request;
  if (typeof claims !== 'object') return request;
  const all = { ...claims };
  for (const { claim } of labels.flatMap(writtenClaims)) {
    const path = claim.split('.');
    if (claimAt(all, path) === undefined && isFree(all, path)) put(all, path, [claim]);
  }
  return { ...request, claims: all };
}

function writtenClaims(label: Label): readonly { readonly claim: string }[] {
  return 'claims' in label ? (label.claims as readonly { readonly claim: string }[]) : [];
}

/** Returns true if a path leads through no claim that is anything but a map. */
function isFree(claims: Claims, path: readonly string[]): boolean {
  return path.slice(0, -1).every((_, index) => {
    const value = claimAt(claims, path.slice(0, index + 1));
    return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
  });
}

interface Draft {
  headers: { name: string; value: string }[];
  claims: Record<string, unknown>;
  token?: Extract<Part, { readonly of: 'token' }>['token'];
  method: string;
  path: string;
  query: string[];
  address?: string;
}

function add(request: Draft, part: Part, trusted: () => number | undefined): void {
  switch (part.of) {
    case 'method':
      request.method = part.method;
      return;
    case 'path':
      request.path = part.path;
      return;
    case 'query':
      request.query.push(...part.values.map((value) => `${part.name}=${value}`));
      return;
    case 'header':
      request.headers.push(...part.values.map((value) => ({ name: part.name, value })));
      return;
    case 'cookie':
      request.headers.push(
        ...part.values.map((value) => ({ name: 'cookie', value: `${part.name}=${value}` })),
      );
      return;
    case 'token':
      request.token = part.token;
      return;
    case 'claim':
      if (part.values.length > 0) put(request.claims, part.path, part.values);
      return;
    case 'address':
      addAddress(request, part.address, trusted());
      return;
    case 'https':
      if (part.https) request.headers.push({ name: 'x-forwarded-proto', value: 'https' });
  }
}

/** Writes the address where the listener reads it: the connection, or an entry of `x-forwarded-for`. */
function addAddress(request: Draft, address: string | undefined, trusted: number | undefined): void {
  if (address === undefined) return;
  if (trusted === undefined) request.address = address;
  else {
    const list = [address, ...Array.from({ length: trusted - 1 }, () => '192.0.2.1')];
    request.headers.push({ name: 'x-forwarded-for', value: list.join(', ') });
  }
}

function hops(ir: Ir, entry: Entry): number | undefined {
  const gateway: Gateway | undefined = own(ir.gateways, entry.to.id);
  if (gateway === undefined) return undefined;
  const entrance = enteredListener(gateway, { ...entry, method: 'GET', path: '/', headers: [] });
  const place = 'listener' in entrance ? entrance.listener.clientAddress : undefined;
  return place?.type === 'forwarded' ? place.hops : undefined;
}

function put(
  claims: Record<string, unknown>,
  [name = '', ...path]: readonly string[],
  values: readonly string[],
): void {
  if (path.length === 0) {
    const before = (claims[name] as readonly string[] | undefined) ?? [];
    claims[name] = textClaims.has(name) ? values[0] : [...before, ...values];
    return;
  }
  const inner = { ...(claims[name] as Record<string, unknown> | undefined) };
  put(inner, path, values);
  claims[name] = inner;
}
