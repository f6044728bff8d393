import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import { serverPermissions } from "../../server/permissions.ts";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

Deno.test("a server that runs out of memory loses nothing that it has acknowledged", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const config = readConfig((name) =>
      name === "MODELAB_KV_PATH" ? path : name === "MODELAB_PORT" ? "0" : ""
    );
    const permissions = [
      ...serverPermissions(config, { root: ROOT }),
      "--v8-flags=--max-old-space-size=40",
    ];
    const server = await startServer(path, { permissions, quiet: true });
    const taken = new Set<string>();
    let unanswered = 0;
    const send = async (worker: number): Promise<void> => {
      for (let n = 0; n < 100 && unanswered === 0; n++) {
        const ids = Array.from(
          { length: 200 },
          (_, m) => `${worker}-${n}-${m}`,
        );
        const records = ids.map((id) =>
          assignment(id, { config_json: { text: id.padEnd(20_000, "x") } })
        );
        try {
          const response = await fetch(
            `${server.url}/api/v1/ingest/assignments`,
            { method: "POST", body: JSON.stringify(records) },
          );
          const { accepted } = await response.json();
          if (accepted === ids.length) { for (const id of ids) taken.add(id); }
        } catch {
          unanswered++;
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, worker) => send(worker)));
    assert.ok(unanswered > 0, "The server did not run out of memory");
    const status = await server.ended;
    assert.equal(status.success, false);

    const again = await startServer(path);
    const ids = [...taken];
    const response = await fetch(`${again.url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify(ids.slice(0, 5000).map((id) => assignment(id))),
    });
    const { duplicates } = await response.json();
    assert.equal(duplicates, Math.min(5000, ids.length));
    await again.stop("SIGTERM");
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
  });
});
