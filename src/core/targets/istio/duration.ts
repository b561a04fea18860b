/** Milliseconds as Istio reads a duration (protobuf JSON): `1.5s`. It takes whole milliseconds, at least one. */
export function duration(milliseconds: number): string {
  return `${String(Math.max(Math.round(milliseconds), 1) / 1000)}s`;
}
