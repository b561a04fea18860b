import type { Authentication } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Fields } from '../typed-config.ts';
import { claimHeadersFilter } from './claim-headers.ts';
import { hiddenCookiesFilter } from './hidden-cookies.ts';
import { jwtFilters } from './jwt.ts';
import { misspeltTokensFilter } from './misspelt.ts';
import { repeatedTokensFilter } from './repeats.ts';
import { requiredTokenFilter } from './required.ts';

/** Returns the filters for tokens, in order; a filter is there only if it has an effect. */
export function tokenFilters(ir: Ir, authentication: Authentication): readonly Fields[] {
  return [
    ...repeatedTokensFilter(authentication),
    ...misspeltTokensFilter(authentication),
    ...jwtFilters(ir, authentication),
    ...requiredTokenFilter(authentication),
    ...hiddenCookiesFilter(authentication),
    ...claimHeadersFilter(authentication),
  ];
}
