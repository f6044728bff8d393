/**
 * `deno task verdict FILE`: computes the analysis of a verdict file again,
 * offline, and says whether every figure agrees. Exits with 1 when one does
 * not.
 *
 * @module
 */

import {
  checkVerdict,
  type VerdictCheck,
} from "../engine/analysis/verdict/check_verdict.ts";
import { VerdictFileError } from "../engine/analysis/verdict/json_reader.ts";

const MOST_SHOWN = 20;

function report(
  { flagName, figures, disagreements, engineVersions, reason }: VerdictCheck,
): void {
  const [file, here] = engineVersions;
  if (file !== here) {
    console.log(`The file is of engine version ${file}, this one is ${here}.`);
  }
  for (const { path, file, recomputed } of disagreements.slice(0, MOST_SHOWN)) {
    console.log(
      `DISAGREES ${path}: the file says ${file}, it must be ${recomputed}`,
    );
  }
  console.log(
    `${JSON.stringify(flagName)}: ${figures} figures computed again, ` +
      `${disagreements.length} disagree`,
  );
  if (disagreements.length === 0) console.log(reason);
}

const [path, ...more] = Deno.args;
if (path === undefined || more.length > 0) {
  console.error(
    "modelab cannot check: it takes one file, as in deno task verdict verdict.json",
  );
  Deno.exit(1);
}
try {
  const found = await checkVerdict(JSON.parse(await Deno.readTextFile(path)));
  report(found);
  if (found.disagreements.length > 0) Deno.exit(1);
} catch (error) {
  const expected = error instanceof VerdictFileError ||
    error instanceof SyntaxError || error instanceof Deno.errors.NotFound;
  console.error(expected ? `modelab cannot check: ${error.message}` : error);
  Deno.exit(1);
}
