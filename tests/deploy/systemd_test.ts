import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { withDirectory } from "../processes/with_directory.ts";
import { guideBlock } from "./guide.ts";

const ANALYZE = "/usr/bin/systemd-analyze";
const ignore = !existsSync(ANALYZE);
if (ignore) console.log(`Skipped: the systemd unit's test needs ${ANALYZE}`);

/** What systemd has to say against a unit. */
async function complaints(unit: string): Promise<string> {
  let said = "";
  await withDirectory(async (directory) => {
    const path = join(directory, "modelab.service");
    await Deno.writeTextFile(path, unit);
    const { success, stderr } = await new Deno.Command(ANALYZE, {
      args: ["verify", "--man=no", path],
    }).output();
    said = new TextDecoder().decode(stderr) + (success ? "" : "failed");
  });
  // Other units of the machine are none of ours.
  return said.split("\n").filter((line) =>
    line.includes("modelab") || line === "failed"
  ).join("\n");
}

Deno.test({
  name: "systemd has nothing against the guide's unit",
  ignore,
  async fn() {
    const unit = guideBlock("ini").replace("/usr/bin/deno", Deno.execPath());
    assert.equal(await complaints(unit), "");
    const misspelled = unit.replace("ProtectHome=", "ProtectHomes=");
    assert.match(await complaints(misspelled), /Unknown key 'ProtectHomes'/);
  },
});
