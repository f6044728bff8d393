import assert from "node:assert/strict";
import { join } from "node:path";
import { taskPermissions } from "../../server/permissions.ts";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "../processes/root.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

/** Runs `deno task keys`. */
async function runKeys(
  path: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...taskPermissions({ kvPath: path }, { root: ROOT }),
      join(ROOT, "server/keys.ts"),
      ...args,
    ],
    env: { MODELAB_KV_PATH: path },
  }).output();
  const decoder = new TextDecoder();
  const text = (bytes: Uint8Array): string => decoder.decode(bytes).trim();
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function statusWith(url: string, key: string): Promise<number> {
  const response = await fetch(url, { headers: { "x-api-key": key } });
  await response.body?.cancel();
  return response.status;
}

Deno.test("a key that is made on the command line opens a running server, and is refused everywhere seconds after it is revoked", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const servers = [await startServer(path), await startServer(path)];
    try {
      const urls = servers.map(({ url }) => `${url}/api/v1/flags`);
      for (const url of urls) assert.equal(await statusWith(url, ""), 200);
      const made = await runKeys(
        path,
        "create",
        "--name=a reader",
        "--scope=read",
      );
      assert.equal(made.code, 0, made.stderr);
      const key = made.stdout;
      assert.match(key, /^mlab_[0-9a-f]{12}_[\w-]{43}$/);
      // From now on nobody comes in without one.
      for (const url of urls) {
        await until(async () => await statusWith(url, "") === 401);
        assert.equal(await statusWith(url, key), 200);
      }
      const [, id = ""] = key.split("_");
      const list = await runKeys(path, "list");
      assert.match(list.stdout, new RegExp(`^${id}  "a reader"  read`));
      assert.match(list.stdout, /last used 20\d\d-/);
      assert.ok(!list.stdout.includes(key.slice(-43)));
      assert.equal((await runKeys(path, "revoke", id)).code, 0);
      for (const url of urls) {
        await until(async () => await statusWith(url, key) === 401);
      }
      // A key that is gone opens nothing.
      for (const url of urls) assert.equal(await statusWith(url, ""), 401);
      assert.match((await runKeys(path, "list")).stdout, /revoked 20\d\d-/);
    } finally {
      for (const server of servers) await server.stop("SIGTERM");
    }
  });
});

Deno.test("deno task keys says what is wrong with a key that cannot be", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    for (
      const [args, message] of [
        [[], /The command must be one of these/],
        [["create", "--scope=read"], /name must be a string of 1 to 200/],
        [["create", "--name=x"], /scopes must be an array of one or more of/],
        [["create", "--name=x", "--scope=write"], /got \["write"\]/],
        [
          ["create", "--name=x", "--scope=admin", "--flag-prefix=a"],
          /flag_prefix must be null for a key with the scope admin/,
        ],
        [["create", "--nam=x"], /Unknown option '--nam'/],
        [["revoke", "abc"], /There is no key abc/],
      ] as const
    ) {
      const { code, stderr } = await runKeys(path, ...args);
      assert.equal(code, 1);
      assert.match(stderr, message);
    }
  });
});

Deno.test("an admin makes and revokes keys over the API, and a key with a prefix sees its flags alone", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data.kv");
    const { stdout: admin } = await runKeys(
      path,
      "create",
      "--name=root",
      "--scope=admin",
    );
    const server = await startServer(path);
    try {
      const call = async (
        method: string,
        where: string,
        key: string,
        body?: unknown,
      ) => {
        const response = await fetch(server.url + where, {
          method,
          headers: { "x-api-key": key },
          body: body === undefined ? null : JSON.stringify(body),
        });
        return { status: response.status, body: await response.json() };
      };
      await call(
        "POST",
        "/api/v1/ingest/assignments",
        admin,
        ["team-a/x", "team-b/y", "team-a"].map((flag_name, n) =>
          assignment(`a${n}`, { flag_name })
        ),
      );
      const made = await call("POST", "/api/v1/keys", admin, {
        name: "team a",
        scopes: ["read"],
        flag_prefix: "team-a/",
      });
      assert.equal(made.status, 201);
      const { key, id } = made.body;
      await until(async () =>
        await statusWith(`${server.url}/api/v1/flags`, key) === 200
      );
      const list = await call("GET", "/api/v1/flags", key);
      assert.deepEqual(
        list.body.flags.map(({ flag_name }: { flag_name: string }) =>
          flag_name
        ),
        ["team-a/x"],
      );
      const name = encodeURIComponent("team-b/y");
      for (const where of [name, `${name}/timeline`, "team-a"]) {
        const { status } = await call("GET", `/api/v1/flags/${where}`, key);
        assert.equal(status, 404, where);
      }
      const own = await call("GET", "/api/v1/flags/team-a%2Fx/timeline", key);
      assert.equal(own.status, 200);
      // Its pages, that of a flag that is yet to come among them.
      for (
        const [flag, status] of [
          ["/team-b%2Fy", 404],
          ["/team-b%2Fnew", 404],
          ["/team-a", 404],
          ["/team-a%2Fx", 200],
          ["/team-a%2Fnew", 200],
          ["", 200],
        ] as const
      ) {
        const url = `${server.url}/setup${flag}`;
        assert.equal(await statusWith(url, key), status, url);
      }
      const keys = await call("GET", "/api/v1/keys", admin);
      assert.deepEqual(
        keys.body.keys.map((shown: { name: string }) => shown.name),
        ["root", "team a"],
      );
      assert.ok(!JSON.stringify(keys.body).includes(key));
      assert.equal(
        (await call("DELETE", `/api/v1/keys/${id}`, admin)).status,
        200,
      );
      assert.equal(
        (await call("DELETE", "/api/v1/keys/none", admin)).status,
        404,
      );
    } finally {
      await server.stop("SIGTERM");
    }
  });
});

/** Asks until it is so; gives up after what even a busy machine needs. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!await holds()) {
    assert.ok(performance.now() < end, "It did not come to be so");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
