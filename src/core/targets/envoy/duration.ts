/** Returns milliseconds as a Duration of protobuf's JSON: `1.5s`. */
export function duration(milliseconds: number): string {
  return `${String(milliseconds / 1000)}s`;
}
