/** What programs other than the server's read. */
const READ_ELSEWHERE: readonly string[] = [
  "MODELAB_DENOKV",
  "MODELAB_KILL_ROUNDS",
  "MODELAB_OVERRIDES",
  "MODELAB_PYTHON_SEED",
  "MODELAB_SERVER",
];
const PREFIXES_ELSEWHERE: readonly string[] = [
  "MODELAB_BENCH_",
  "MODELAB_TEST_",
];
/** More changes than these make another word. */
const MOST_CHANGES = 3;

/**
 * A sentence for each variable that nothing reads, with the name that it may
 * be meant to have.
 *
 * @param names Those that are set, of which the name begins with `MODELAB_`.
 * @param known Those that are read.
 */
export function unknownVariables(
  names: readonly string[],
  known: readonly string[],
): string[] {
  return names
    .filter((name) =>
      !known.includes(name) && !READ_ELSEWHERE.includes(name) &&
      !PREFIXES_ELSEWHERE.some((prefix) => name.startsWith(prefix))
    )
    .map((name) => {
      const [nearest] = known
        .map((other) => ({ other, changes: changesBetween(name, other) }))
        .filter(({ changes }) => changes <= MOST_CHANGES)
        .sort((a, b) => a.changes - b.changes);
      return nearest === undefined
        ? `${name} is set, and nothing reads it`
        : `${name} is set, and nothing reads it: is it to be ${nearest.other}?`;
    });
}

/**
 * How many characters to insert, leave out, replace, or swap with the next:
 * the optimal string alignment distance.
 */
function changesBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] &&
        a[i - 2] === b[j - 1];
      row.push(Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + same,
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      ));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}
