/** Ends a process and all that it started, if it leads a process group; one that has ended is no error. */
export function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of the group has ended.
  }
}
