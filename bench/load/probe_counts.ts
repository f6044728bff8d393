/** What a server's process did since its start, as its probe counted it. */
export interface ProbeCounts {
  /** Atomic commits that succeeded; what follows is of these. */
  readonly commits: number;
  readonly checks: number;
  readonly mutations: number;
  /** Units of 1 KiB, key and value of each mutation rounded up. */
  readonly units: number;
  /** Commits that lost a check, or found the database locked. */
  readonly failedCommits: number;
  /** From the call of a commit to its answer, added up. */
  readonly commitMillis: number;
  /** Calls of get and getMany, and the time until their answers. */
  readonly reads: number;
  readonly readMillis: number;
  /** Bytes of memory now. */
  readonly rss: number;
  readonly heapUsed: number;
  /** The most memory that it ever held, in bytes. */
  readonly peakRss: number;
  /** Time on a processor, of all threads. */
  readonly cpuMillis: number;
}

/** What was counted between two moments; memory is that of the second. */
export function countsBetween(
  before: ProbeCounts,
  after: ProbeCounts,
): ProbeCounts {
  return {
    ...after,
    commits: after.commits - before.commits,
    checks: after.checks - before.checks,
    mutations: after.mutations - before.mutations,
    units: after.units - before.units,
    failedCommits: after.failedCommits - before.failedCommits,
    commitMillis: after.commitMillis - before.commitMillis,
    reads: after.reads - before.reads,
    readMillis: after.readMillis - before.readMillis,
    cpuMillis: after.cpuMillis - before.cpuMillis,
  };
}

/** The counts of several processes together. */
export function addCounts(all: readonly ProbeCounts[]): ProbeCounts {
  const sum = (name: keyof ProbeCounts): number =>
    all.reduce((total, counts) => total + counts[name], 0);
  return {
    commits: sum("commits"),
    checks: sum("checks"),
    mutations: sum("mutations"),
    units: sum("units"),
    failedCommits: sum("failedCommits"),
    commitMillis: sum("commitMillis"),
    reads: sum("reads"),
    readMillis: sum("readMillis"),
    rss: sum("rss"),
    heapUsed: sum("heapUsed"),
    peakRss: sum("peakRss"),
    cpuMillis: sum("cpuMillis"),
  };
}
