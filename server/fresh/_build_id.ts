let current = "";

/** The id of the build that is running: on the server, or in this page. */
export function buildId(): string {
  return current;
}

/**
 * Says which build is running.
 *
 * @param id the id of the build, or `""` for none
 */
export function setBuildId(id: string): void {
  current = id;
}
