/** Milliseconds as protobuf JSON writes a Duration: `1.5s`. */
export function duration(milliseconds: number): string {
  return `${String(milliseconds / 1000)}s`;
}
