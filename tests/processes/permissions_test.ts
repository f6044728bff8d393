import assert from "node:assert/strict";
import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import {
  serverPermissions,
  taskPermissions,
} from "../../server/permissions.ts";
import { assignment } from "../../storage/kv/testing/records.ts";
import { ROOT } from "./root.ts";
import { startServer } from "./start_server.ts";
import { withDirectory } from "./with_directory.ts";

/** Whether a server under these flags starts, takes a record and shows it. */
async function works(
  path: string,
  permissions: readonly string[],
): Promise<boolean> {
  const server = await startServer(path, { permissions, quiet: true })
    .catch(() => null);
  if (server === null) return false;
  try {
    const sent = await fetch(`${server.url}/api/v1/ingest/assignments`, {
      method: "POST",
      body: JSON.stringify([assignment("a", { flag_name: "f" })]),
    });
    await sent.body?.cancel();
    const page = await fetch(`${server.url}/flags/f`);
    const html = await page.text();
    const [, style = ""] = /"(\/styles\/[^"]+)"/.exec(html) ?? [];
    const [, script = ""] = /"(\/[^"]+\.js[^"]*)"/.exec(html) ?? [];
    assert.ok(style !== "" && script !== "" || !page.ok, html);
    const assets = await Promise.all(
      [style, script].map(async (path) => {
        const response = await fetch(server.url + path);
        await response.body?.cancel();
        return response.ok;
      }),
    );
    return sent.ok && page.ok && assets.every((ok) => ok);
  } finally {
    await server.stop("SIGTERM");
  }
}

Deno.test("the server runs with exactly the permissions that it is given, and not without one", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "data", "data.kv");
    const config = readConfig((name) =>
      name === "MODELAB_KV_PATH" ? path : name === "MODELAB_PORT" ? "0" : ""
    );
    const flags = serverPermissions(config, { root: ROOT });
    assert.equal(await works(path, flags), true);
    const lists = flags.filter((flag) => flag.startsWith("--allow-"));
    assert.deepEqual(lists.map((flag) => flag.split("=")[0]), [
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
    ]);
    const attempts = flags.flatMap((flag) => {
      const [name = "", list = ""] = flag.split("=");
      if (!name.startsWith("--allow-")) return [];
      const values = list.split(",");
      return values.map((value) => {
        const others = values.filter((other) => other !== value);
        const less = others.length === 0 ? [] : [`${name}=${others.join(",")}`];
        const without = flags.flatMap((f) => f === flag ? less : [f]);
        return { value: `${name}=${value}`, without };
      });
    });
    const needless: string[] = [];
    for (const { value, without } of attempts) {
      if (await works(path, without)) needless.push(value);
    }
    assert.deepEqual(needless, []);
  });
});

Deno.test("a database elsewhere is reached over the network, and no directory is written", () => {
  const kvPath = "https://kv.example.com/x";
  const server = serverPermissions(
    { host: "::", port: 80, kvPath },
    { root: "/app" },
  );
  assert.ok(server.includes("--allow-net=[::]:80,kv.example.com:443"));
  assert.ok(server.includes("--allow-read=/app/_fresh,/app/static"));
  assert.ok(!server.some((flag) => flag.startsWith("--allow-write")));
  const task = taskPermissions({ kvPath }, { root: "/app" });
  assert.ok(task.includes("--allow-net=kv.example.com:443"));
  assert.ok(!task.some((flag) => flag.startsWith("--allow-read")));
});

Deno.test("a directory with a comma in its name is one directory", () => {
  const kvPath = "/data/a,b/x.kv";
  const task = taskPermissions({ kvPath }, { root: "/app" });
  assert.ok(task.includes("--allow-write=/data/a,,b"));
});

Deno.test("deno task serve starts the server under these permissions, and stops with it", async () => {
  await withDirectory(async (directory) => {
    const options: Deno.CommandOptions = {
      args: ["task", "serve"],
      cwd: ROOT,
      env: {
        MODELAB_PORT: "0",
        MODELAB_KV_PATH: join(directory, "data.kv"),
        MODELAB_API_KEY: "",
        MODELAB_READ_KEY: "",
      },
      stdin: "null",
      stdout: "piped",
    };
    const printed = await new Deno.Command(Deno.execPath(), {
      ...options,
      args: ["task", "serve", "--print"],
    }).output();
    assert.match(
      new TextDecoder().decode(printed.stdout),
      /^deno run --no-prompt --frozen --allow-net=127\.0\.0\.1:0 --allow-read=\S+\/_fresh,/m,
    );
    const child = new Deno.Command(Deno.execPath(), options).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    let said = "";
    while (!/http:\/\/\S+ /.test(said)) {
      said += (await reader.read()).value ?? "";
    }
    const [url = ""] = /http:\/\/\S+/.exec(said) ?? [];
    const health = await fetch(`${url}/healthz`);
    assert.equal(await health.text(), "ok\n");
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 0);
    await reader.cancel();
    await assert.rejects(fetch(`${url}/healthz`));
  });
});
