export { tokenParts, tokenPlaces } from '../../../src/core/suite/proxies/token.ts';
