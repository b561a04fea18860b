import type { JudgePolicy } from '../../../src/core/canary/judge/judge-policy.ts';

/** The defaults of the language, with one step of 10 % before the last. */
export const policy: JudgePolicy = {
  slo: 0.99,
  custom: [],
  wrongRollback: 0.01,
  wrongPromotion: 0.05,
  atLeast: 3,
  steps: [{ weight: 10 }, { weight: 100 }],
  pace: 'evidence',
  affinity: 'none',
  share: 'split',
  on: { fail: 'rollback', inconclusive: 'hold', blind: 'hold' },
  deadline: 7200,
  interval: 15,
  parts: [],
};
