import { describe, expect, it } from 'vitest';
import { explainCode } from '../../../src/core/explain/explain-code.ts';
import { catalog } from '../../../src/core/message-catalog.ts';

describe('explainCode', () => {
  it('explains a code in any spelling', () => {
    expect(explainCode('mesh1100')?.code).toBe('MESH1100');
    expect(explainCode('1100')?.message).toBe(catalog.get('MESH1100'));
    expect(explainCode('MESH9999')).toBe(undefined);
    expect(explainCode('constructor')).toBe(undefined);
  });
});
