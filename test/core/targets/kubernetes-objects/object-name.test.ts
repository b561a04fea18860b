import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objectName } from '../../../../src/core/targets/kubernetes-objects/object-name.ts';

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

test('names are valid in Kubernetes and unique', () => {
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 5 }),
      fc.array(label, { minLength: 1 }),
      (one, other) => {
        // RFC 1123 subdomains, of at most 63 characters.
        expect(objectName(...one)).toMatch(
          /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
        );
        expect(objectName(...one) === objectName(...other)).toBe(one.join('.') === other.join('.'));
      },
    ),
  );
});
