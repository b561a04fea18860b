import { describeOutcome } from '../../../src/core/explain/request/describe-outcome.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { ExpectedHeaders } from '../../../src/core/spec/types.gen.ts';
import type { Expected } from '../../../src/core/suite/expected-fields.ts';
import { suiteFields } from '../../core/suite/case-suite.ts';

/** The expectations of both meshes about one witness, and the fields in which these differ. */
export interface Expectations {
  readonly before: Expected;
  readonly after: Expected;
  /** Names of fields of an expectation; if no such field differs, those of the outcome. */
  readonly differing: readonly string[];
}

/** Fields that one answer shows. */
const plainFields = [
  'outcome',
  'status',
  'location',
  'body',
  'rewritten',
  'requestHeaders',
  'responseHeaders',
] as const;

/**
 * Returns the expectations about a witness. Fields that many requests or long waits show are asked only if they differ
 * and no plain field does.
 */
export function expectationsOf(request: Request, before: Outcome, after: Outcome): Expectations {
  const [was, is] = [fieldsOf(request, before), fieldsOf(request, after)];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof Expected)[];
  const differing = fields.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const isPlain = (field: keyof Expected): boolean => (plainFields as readonly string[]).includes(field);
  const isShown = differing.some((field) => isPlain(field) && !isAlike(field, was, is));
  const asked = fields.filter((field) => isPlain(field) || (!isShown && differing.includes(field)));
  return {
    before: explicit(only(was, asked), only(is, asked), request),
    after: explicit(only(is, asked), only(was, asked), request),
    differing: differing.length > 0 ? differing : differingKeys(before, after),
  };
}

/** Returns an outcome without the lines that decide and their words, as text that equal outcomes share. */
export function meantBy(outcome: Outcome): string {
  return canonicalJson(outcome, unread);
}

const unread: ReadonlySet<string> = new Set(['decidedBy', 'reason', 'origin']);

/** Returns true if a plain field differs and no answer shows it: the same status, or the same lines of headers. */
export function isAlike(field: string, was: Expected, is: Expected): boolean {
  if (field === 'outcome') return was.status !== undefined && was.status === is.status;
  if (field !== 'requestHeaders' && field !== 'responseHeaders') return false;
  return linesOf(was[field]) === linesOf(is[field]);
}

function fieldsOf({ method, headers }: Request, outcome: Outcome): Expected {
  const hasBody = outcome.outcome === 'responded' && outcome.body !== undefined && method !== 'HEAD';
  const fields = suiteFields({ ...describeOutcome(outcome), ...(hasBody && { body: outcome.body }) });
  const { 'grpc-status': grpcStatus, ...set } = fields.responseHeaders?.set ?? {};
  // A proxy sends the status of gRPC to who calls by gRPC.
  const isGrpc = headers.some(
    ({ name, value }) => name === 'content-type' && /^application\/grpc/.test(value),
  );
  if (grpcStatus === undefined || isGrpc) return fields;
  return { ...fields, responseHeaders: { ...fields.responseHeaders, set } };
}

function only(expected: Expected, fields: readonly (keyof Expected)[]): Expected {
  const kept = fields.flatMap((field): readonly (readonly [string, unknown])[] =>
    expected[field] === undefined ? [] : [[field, expected[field]]],
  );
  return Object.fromEntries(kept);
}

/** Returns an expectation that also excludes the copies and the headers of the other one that it lacks. */
function explicit(own: Expected, other: Expected, { headers }: Request): Expected {
  const isForwarded = own.outcome === 'forwarded';
  const sent = new Set(headers.map(({ name }) => name));
  const request = isForwarded ? without(own.requestHeaders, other.requestHeaders, sent) : undefined;
  // A refusal says nothing about response headers, and proxies may add those of the rule.
  const response =
    own.outcome === 'refused'
      ? own.responseHeaders
      : without(own.responseHeaders, other.responseHeaders, new Set());
  return {
    ...own,
    ...(isForwarded && own.mirrors === undefined && other.mirrors !== undefined && { mirrors: {} }),
    ...(request && { requestHeaders: request }),
    ...(response && { responseHeaders: response }),
  };
}

/** Returns changes of headers that exclude headers which only the other changes set; `sent` are names in the request. */
function without(
  own: ExpectedHeaders | undefined,
  other: ExpectedHeaders | undefined,
  sent: ReadonlySet<string>,
): ExpectedHeaders | undefined {
  const namesOf = ({ set = {}, add = {} }: ExpectedHeaders): readonly string[] => [
    ...Object.keys(set),
    ...Object.keys(add),
  ];
  const names = namesOf(own ?? {});
  const excluded = namesOf(other ?? {}).filter((name) => !names.includes(name) && !sent.has(name));
  const remove = [...new Set([...(own?.remove ?? []), ...excluded])];
  return remove.length === 0 ? own : { ...own, remove };
}

function linesOf({ set = {}, add = {} }: ExpectedHeaders = {}): string {
  return JSON.stringify([...Object.entries(set), ...Object.entries(add)].sort());
}

function differingKeys(before: Outcome, after: Outcome): readonly string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (key) => !unread.has(key) && canonicalJson(was.get(key), unread) !== canonicalJson(is.get(key), unread),
  );
}
