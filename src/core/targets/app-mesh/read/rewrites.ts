import type { Field } from '../../../import/field.ts';
import type { Rewrite } from '../../../spec/types.gen.ts';

/** Reads the changes of a request: by default App Mesh replaces the prefix by a slash, and the host by the service's. */
export function readRewrite(route: Field, match: Field, host: string | undefined): Rewrite | undefined {
  const rewrite = route.along('action', 'rewrite');
  const keepsHost = rewrite.along('hostname', 'defaultTargetHostname').text() === 'DISABLED';
  const keepsPrefix = rewrite.along('prefix', 'defaultPrefix').text() === 'DISABLED';
  const value = rewrite.along('prefix', 'value').text();
  const exact = rewrite.along('path', 'exact').text();
  const prefix = match.at('prefix').value;
  const replaced =
    exact !== undefined
      ? { replaceFull: exact }
      : typeof prefix !== 'string' || (value === undefined && (keepsPrefix || prefix === '/'))
        ? undefined
        : { replacePrefix: value ?? '/' };
  const made: Rewrite = {
    ...(replaced && { path: replaced }),
    ...(!keepsHost && host !== undefined && { host }),
  };
  return Object.keys(made).length > 0 ? made : undefined;
}
