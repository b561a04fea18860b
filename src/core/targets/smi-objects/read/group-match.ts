import type { AccessTo } from '../../../spec/types.gen.ts';

/**
 * The part of a value that a pattern has to match: the whole, any part (`search`; of a path its beginning), or `either` where
 * the specification doesn't say.
 */
export type PatternReading = 'whole' | 'search' | 'either';

/** Conditions of a match, or undefined if the language can't say one of them. */
export type GroupMatch = Pick<AccessTo, 'methods' | 'paths' | 'headers'> | undefined;
