import assert from "node:assert/strict";
import { join } from "node:path";
import { taskPermissions } from "../../server/permissions.ts";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

Deno.test("a flag is archived, taken out again and deleted; one that is not there is no flag", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { url, stop } = await startServer(path);
    const post = async (where: string, body: unknown) => {
      const response = await fetch(`${url}/api/v1/${where}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    };
    const listed = async (): Promise<string[]> => {
      const { flags } = await (await fetch(`${url}/api/v1/flags`)).json();
      return flags.map(({ flag_name }: { flag_name: string }) => flag_name);
    };
    try {
      await post("ingest/assignments", [
        assignment("a", { flag_name: "kept" }),
        assignment("b", { flag_name: "other" }),
      ]);
      assert.deepEqual(await post("archive", { flag_name: "kept" }), {
        status: 200,
        body: { flag_name: "kept", archived: true },
      });
      assert.deepEqual(await listed(), ["other"]);
      const slip = await post("archive", { flag_name: "kpet" });
      assert.equal(slip.status, 404);
      assert.match(slip.body.detail, /has an assignment, got "kpet"/);
      await post("ingest/assignments", [
        assignment("c", { flag_name: "kpet" }),
      ]);
      assert.deepEqual((await listed()).sort(), ["kpet", "other"]);
      await post("archive", { flag_name: "kept", archived: false });
      assert.deepEqual((await listed()).sort(), ["kept", "kpet", "other"]);
      const gone = await post("delete", { flag_name: "kept" });
      assert.deepEqual(gone.body, { assignments: 1, records: 1 });
      assert.deepEqual((await listed()).sort(), ["kpet", "other"]);
    } finally {
      await stop("SIGTERM");
    }
  });
});

Deno.test("deno task flags archives no flag that is not there", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...taskPermissions({ kvPath: path }, { root: ROOT }),
        join(ROOT, "server/flag_admin.ts"),
        "archive",
        "kpet",
      ],
      env: { MODELAB_KV_PATH: path },
    }).output();
    assert.equal(code, 1);
    assert.match(
      new TextDecoder().decode(stderr),
      /^modelab flags: The flag must be one that has an assignment, got "kpet"$/m,
    );
  });
});
