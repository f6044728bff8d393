/**
 * `deno task simulate`: draws experiments with known truth, and says how often
 * the statistics are right about them. Ends with an error when a figure is not
 * where it must be.
 *
 * @module
 */

import { SIMULATIONS } from "./simulation/checks.ts";
import { isRight } from "./simulation/simulated_figure.ts";

const replicates = Number(Deno.args[0] ?? 2000);
if (!Number.isInteger(replicates) || replicates < 1) {
  throw new RangeError(
    `simulate: the number of replicates must be a whole number from 1, got ${
      Deno.args[0]
    }`,
  );
}

let wrong = 0;
for (const { title, run } of SIMULATIONS) {
  console.log(`\n${title}`);
  for (const figure of run(replicates)) {
    const { label, value, trials, min, max } = figure;
    const right = isRight(figure);
    if (!right) wrong++;
    const shown = trials === null && value > 1
      ? value.toFixed(0)
      : value.toFixed(4);
    const bounds = [
      ...(min === undefined ? [] : [`at least ${min.toFixed(4)}`]),
      ...(max === undefined ? [] : [`at most ${max.toFixed(4)}`]),
    ].join(", ");
    console.log(
      `  ${right ? " " : "✗"} ${shown.padStart(8)}  ${label}${
        bounds === "" ? "" : ` (${bounds})`
      }`,
    );
  }
}
console.log(`\n${replicates} replicates each; ${wrong} figures out of place.`);
if (wrong > 0) Deno.exit(1);
