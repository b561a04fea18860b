import { defineMessages } from '../../diagnostics/message.ts';

export const messages = defineMessages({
  MESH6010: {
    severity: 'error',
    text: 'unusable line of a stream: {problem}',
    explanation:
      'Each line of a recorded stream is a JSON object of one of these forms: {"t": 15, "arm": "candidate", "instance": "v2-0", "requests": 150, "errors": 1} for counters at a time (seconds since the attempt began; counters since the instance started; optional `latency: {bounds, counts}`), {"t": 0, "weight": 10} for the share of the candidate in per cent from a time on, and {"t": 30, "failed": true} for a reading that did not come. Correct the line, or leave it out.',
  },
});
