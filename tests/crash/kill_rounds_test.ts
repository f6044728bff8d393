import { join } from "node:path";
import { withDirectory } from "../processes/with_directory.ts";
import { killRounds } from "./kill_rounds.ts";

/** `deno task test:kill` makes it 20. */
const ROUNDS = Number(Deno.env.get("MODELAB_KILL_ROUNDS") || 3);

Deno.test(`two servers on one file lose nothing in ${ROUNDS} rounds of kill -9 under load`, async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    console.log(await killRounds({ path, rounds: ROUNDS }));
  });
});
