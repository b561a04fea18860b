import type { LabelMatcher } from '../../evidence/arms.ts';
import { grpcStatusNumber } from '../grpc-status-number.ts';

/** The labels with Envoy's facts about the end of a request. */
export interface EnvoyLabels {
  /** HTTP status. */
  readonly code: string;
  /** Reasons of a failure (`%RESPONSE_FLAGS%`), a list divided by commas. */
  readonly flags: string;
  /** Number of the gRPC status; empty for requests that aren't gRPC. */
  readonly grpc: string;
}

/** Returns the conditions of a class of bad answers. */
export function envoyClass(bad: string, { code, flags, grpc }: EnvoyLabels): readonly LabelMatcher[] {
  const flagged = (...known: readonly string[]): readonly LabelMatcher[] => [
    { label: flags, op: '=~', value: `(?:.*,)?(?:${known.join('|')})(?:,.*)?` },
  ];
  switch (bad) {
    case '4xx':
    case '5xx':
      return [{ label: code, op: '=~', value: `${bad.slice(0, 1)}..` }];
    case 'reset':
      return flagged('UC', 'UF', 'UR', 'UPE', 'LR');
    case 'timeout':
      return flagged('UT', 'UMSDR', 'SI');
    case 'grpc':
      return [{ label: grpc, op: '=~', value: '[1-9][0-9]*' }];
    default: {
      const number = grpcStatusNumber(bad);
      return [{ label: number === undefined ? code : grpc, op: '=', value: String(number ?? bad) }];
    }
  }
}

/**
 * Returns notes about requests that the counters of callers miss: if an application breaks off before it answers, its
 * own proxy answers 503, and the caller's proxy counts an ordinary answer.
 */
export function envoyNotes(bad: readonly string[]): readonly string[] {
  if (!bad.includes('reset') || ['5xx', '503'].some((status) => bad.includes(status))) return [];
  return [
    'A caller gets 503 for a connection that the application cuts before it answers, which `reset` alone does not count: add 503 or 5xx to `bad`.',
  ];
}
