import { noChanges } from '../../semantics/answer.ts';
import type { Label } from '../meaning.ts';

/** The label of a request that isn't sent on. */
export interface FailureLabel {
  readonly outcome: 'refused' | 'unroutable';
  readonly status: number;
  readonly responseHeaders: object;
  /** True if the destination doesn't exist for the caller: a matter of access. It is no part of the outcome. */
  readonly hidden?: true;
}

/** Returns the label of a failure; with status 0 there is no answer that headers could stand in. */
export function failure(
  outcome: FailureLabel['outcome'],
  status: number,
  responseHeaders: object = noChanges,
): FailureLabel {
  return { outcome, status, responseHeaders: status === 0 ? noChanges : responseHeaders };
}

/** Returns the label of a failure that `decide` found by parts that don't vary. */
export function failureOf(
  found: { readonly outcome: FailureLabel['outcome']; readonly status: number },
  headers?: object,
): FailureLabel {
  return failure(found.outcome, found.status, headers);
}

/** Returns the label of a destination that doesn't exist for the caller. */
export function hidden(status: number): FailureLabel {
  return { ...failure('unroutable', status), hidden: true };
}

/** Returns true if a label is a failure. */
export function isFailure(label: Label): label is FailureLabel {
  return 'outcome' in label && (label.outcome === 'refused' || label.outcome === 'unroutable');
}

/** Returns the label of a closed connection for a failure; other labels stay. */
export function closedLabel(label: Label): Label {
  return isFailure(label) ? { ...label, ...failure(label.outcome, 0) } : label;
}
