import { loadavg } from "node:os";

/** Prints how busy the machine is, with this benchmark and without. */
export function printLoad(): void {
  const load = loadavg().map((value) => value.toFixed(1)).join(", ");
  console.log(`Load of the machine over 1, 5 and 15 minutes: ${load}`);
}
