/** Returns a number of the Prometheus formats; NaN for `NaN` and for any other text. */
export function readNumber(text: string): number {
  const infinite = { '+Inf': Infinity, Inf: Infinity, '-Inf': -Infinity }[text];
  return infinite ?? (decimal.test(text) ? Number(text) : NaN);
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
