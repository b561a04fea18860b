import { expect, test } from 'vitest';
import { readCurrent, readLanding } from '../../../../src/core/outputs/git/git-landing.ts';

/** Records as mesh 0.1.0 wrote them to a branch: every later release must read them. */
const current = `{
  "mark": "000001-commit-09ee06144e7f",
  "formatVersion": "1.2",
  "checksum": "eb26da265ebe84064ba4e734281f01b371ce4f3122e5cce32120bc49fe8eafe2"
}
`;
const landing = `{
  "snapshot": "df355dfe683296c5abc52634c1a9ccb81ff1cb416f02986592dc269b4acf9a02",
  "run": "01M8HHF4CX12767VA6ZZKHSDV8",
  "compiled": "09ee06144e7fd6c011133f3a6c79f6204c7b36cb10da41420236fa21ec53920c",
  "files": {
    "kustomization.yaml": "a3c1f0e2b4d5968778695a4b3c2d1e0f"
  },
  "base": "97b67ea43bdb98c337c7440489d78c5d185e4fde",
  "formatVersion": "1.2",
  "checksum": "651b5baf287e4ae74d6663008ef3aa977081ad6ab772254d05d1d5523039dd2a"
}
`;

test('the records of a branch that mesh 0.1.0 wrote can be read', () => {
  expect(readCurrent('current.json', current)).toBe('000001-commit-09ee06144e7f');
  expect(readLanding('landing.json', landing)).toMatchObject({
    run: '01M8HHF4CX12767VA6ZZKHSDV8',
    base: '97b67ea43bdb98c337c7440489d78c5d185e4fde',
    files: { 'kustomization.yaml': 'a3c1f0e2b4d5968778695a4b3c2d1e0f' },
  });
});

test('records that somebody edited are damaged, and the message says what to do', () => {
  expect(() => readCurrent('current.json', current.replace('000001', '000002'))).toThrow(/git revert/);
  expect(() => readLanding('landing.json', landing.replace('kustomization', 'other'))).toThrow(/git revert/);
});
