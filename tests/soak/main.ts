/**
 * `deno task soak`: ten minutes of full ingest, readers, backups and faults,
 * or `--minutes=N` of them. Exits with 1 when something was lost.
 *
 * @module
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { withDirectory } from "../processes/with_directory.ts";
import { assertSoaked } from "./assert_soaked.ts";
import { soak } from "./soak.ts";
import { STORIES } from "./soak_batch.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" } },
});

await withDirectory(async (directory) => {
  const result = await soak({
    directory,
    duration: Number(values.minutes) * 60_000 * 5 / 6,
    pace: 2000,
    writers: 6,
    say: (text) => console.log(`${new Date().toISOString()} ${text}`),
  });
  console.log(JSON.stringify(result));
  await assertSoaked(join(directory, "data.kv"), result);
  console.log(
    `${
      result.batches * STORIES * 3
    } records, each counted once; memory and files flat`,
  );
});
