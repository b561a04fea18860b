import type { Ir } from '../../../src/core/ir/ir.ts';
import type { StringMatch } from '../../../src/core/ir/match.ts';
import { pathMatches, stringMatches } from '../../../src/core/ir/string-match.ts';
import { isInRange, parseAddress, parseRange } from '../../../src/core/lib/ip-range.ts';
import type { Compiled } from '../../../src/core/reach/compiled.ts';
import type { Test } from '../../../src/core/reach/condition.ts';
import type { Label } from '../../../src/core/reach/meaning.ts';
import type { Variable } from '../../../src/core/reach/values.ts';
import { arrive, headerValues } from '../../../src/core/semantics/arrival.ts';
import { claimValues } from '../../../src/core/semantics/claims.ts';
import { cameByHttps, clientAddress } from '../../../src/core/semantics/client-address.ts';
import { cookieFits, cookiesNamed } from '../../../src/core/semantics/cookies.ts';
import { enteredListener } from '../../../src/core/semantics/listener.ts';
import { passedPath } from '../../../src/core/semantics/passed-path.ts';
import { queryValue } from '../../../src/core/semantics/query-value.ts';
import type { Request } from '../../../src/core/semantics/request.ts';

/**
 * Returns the label that a diagram has for a request. The answers of the request to the tests come from the functions
 * that `decide` uses. Throws if no value of a variable has these answers: the values would be incomplete.
 */
export function locate(
  ir: Ir,
  { diagram, variables, labels }: Compiled,
  node: number,
  request: Request,
): Label {
  let at = node;
  for (;;) {
    const label = diagram.label(at);
    if (label !== undefined) return labels[label] ?? {};
    const { variable, children } = diagram.at(at);
    const asked = variables[variable];
    if (asked === undefined) throw new Error('no such variable');
    const answers = asked.tests.map((test) => answer(ir, test, request));
    const index = asked.isMember === true ? memberIndex(asked, request) : indexOf(asked, answers);
    const next = children[index];
    if (next === undefined)
      throw new Error(
        `${asked.name} has no value for ${JSON.stringify({ request, answers, tests: asked.tests })}`,
      );
    at = next;
  }
}

function indexOf({ values }: Variable, answers: readonly boolean[]): number {
  return values.findIndex((value) => value.answers.every((one, position) => one === answers[position]));
}

/** Returns the value of a variable that asks for one text: 1 if the request has a text with the answers of this one. */
function memberIndex(asked: Variable, request: Request): number {
  const { tests } = asked;
  const [first] = tests;
  const { claims } = request;
  const lines = (name: string): readonly string[] =>
    request.headers.filter((one) => one.name.toLowerCase() === name).map(({ value }) => value.trim());
  const answersOf = (fits: (test: Test) => boolean): readonly boolean[] =>
    tests.map((test) => ('match' in test && test.match.type === 'present') || fits(test));
  const texts =
    first?.of === 'header'
      ? lines(first.name).map((text) =>
          answersOf((test) => test.of === 'header' && stringMatches(test.match, text)),
        )
      : first?.of === 'cookie'
        ? lines('cookie')
            .flatMap((line) => cookiesNamed(line, first.name))
            .map((text) => answersOf((test) => test.of === 'cookie' && cookieFits(test.match, text)))
        : first?.of === 'claim' && typeof claims === 'object'
          ? claimValues(claims, first.path).map((text) =>
              answersOf((test) => test.of === 'claim' && test.values.includes(text)),
            )
          : [];
  return texts.some((answers) => indexOf(asked, answers) === 1) ? 1 : 0;
}

function answer(ir: Ir, test: Test, request: Request): boolean {
  // The host is part of the entry and not of a test.
  const sent = passedPath({ ...request, host: 'safe' });
  const arrival = arrive(request, {
    port: { name: '', number: 0, http: true },
    scheme: 'http',
    path: sent ?? '',
    host: '',
    identity: undefined,
  });
  const isSafe = sent !== undefined;
  switch (test.of) {
    case 'method':
      return test.methods.includes(request.method);
    case 'unsafe':
      return !isSafe;
    case 'path':
      return isSafe && pathFits(test, arrival.path);
    case 'header':
      return anyFits(test.match, headerValues(arrival, test.name));
    case 'cookie': {
      const values = headerValues(arrival, 'cookie').flatMap((line) => cookiesNamed(line, test.name));
      return values.length === 0
        ? stringMatches(test.match, undefined)
        : values.some((value) => cookieFits(test.match, value));
    }
    case 'query':
      return stringMatches(test.match, queryValue(request.query, test.name));
    case 'token': {
      const { claims } = request;
      if (test.is === 'none') return claims === undefined;
      if (test.is === 'invalid') return claims === 'invalid';
      return typeof claims === 'object' && claims['iss'] === issuerOf(test);
    }
    case 'claim': {
      const { claims } = request;
      return (
        typeof claims === 'object' &&
        claimValues(claims, test.path).some((value) => test.values.includes(value))
      );
    }
    case 'address-known':
      return addressOf(ir, request) !== undefined;
    case 'address': {
      const address = parseAddress(addressOf(ir, request) ?? '');
      const range = parseRange(test.range);
      return address !== undefined && range !== undefined && isInRange(range, address);
    }
    case 'https': {
      const listener = listenerOf(ir, request);
      return listener !== undefined && cameByHttps(listener, request);
    }
  }
}

function anyFits(match: StringMatch, values: readonly string[]): boolean {
  return values.length === 0
    ? stringMatches(match, undefined)
    : values.some((value) => stringMatches(match, value));
}

function pathFits({ test: { match, received } }: Extract<Test, { of: 'path' }>, path: string): boolean {
  const { drop, prepend, strips } = received;
  if (drop === 0 && prepend === '') return pathMatches(match, path);
  if (path.length < drop) return false;
  const rest = path.slice(drop);
  return pathMatches(match, `${prepend}${strips ? rest.replace(/^\/+/, '') : rest}` || '/');
}

function addressOf(ir: Ir, request: Request): string | undefined {
  const listener = listenerOf(ir, request);
  return listener === undefined ? undefined : clientAddress(listener, request);
}

function listenerOf(ir: Ir, request: Request) {
  const gateway = ir.gateways[request.to.id];
  if (gateway === undefined || request.to.type !== 'gateway') return undefined;
  const entrance = enteredListener(gateway, request);
  return 'listener' in entrance ? entrance.listener : undefined;
}

function issuerOf(test: Test): string | undefined {
  return 'issuer' in test ? test.issuer : undefined;
}
