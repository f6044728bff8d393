import assert from "node:assert/strict";
import { join } from "node:path";
import type { FlagEvaluation } from "@modelab/sdk";
import { LIMITS } from "../../server/validation/limits.ts";
import { ROOT } from "../processes/root.ts";
import { runVerify } from "../processes/run_verify.ts";
import { startServer } from "../processes/start_server.ts";
import { withDirectory } from "../processes/with_directory.ts";

const readme = read("README.md");

function read(name: string): string {
  return Deno.readTextFileSync(join(ROOT, name));
}

/** The first block of code of a language. */
function blockOf(language: string): string {
  const start = readme.indexOf(`\n\`\`\`${language}\n`);
  assert.ok(start >= 0, language);
  const body = readme.slice(readme.indexOf("\n", start + 1) + 1);
  return body.slice(0, body.indexOf("\n```"));
}

/** Starts a server, and stops it; the address takes the place of the README's. */
async function withServer(
  use: (url: string, path: string, directory: string) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    const server = await startServer(join(directory, "data.kv"));
    try {
      await use(server.url, server.path, directory);
    } finally {
      await server.stop("SIGTERM");
    }
  });
}

function atUrl(code: string, url: string): string {
  const moved = code.replaceAll("http://localhost:8100", url);
  assert.notEqual(moved, code);
  return moved;
}

Deno.test("the README's first experiment runs, and says what the server says", async () => {
  await withServer(async (url, path, directory) => {
    const program = join(directory, "first.ts");
    await Deno.writeTextFile(program, atUrl(blockOf("ts ignore"), url));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--check",
        "--no-prompt",
        "--no-lock",
        `--config=${join(ROOT, "deno.json")}`,
        "--allow-net",
        program,
      ],
    }).output();
    const decoder = new TextDecoder();
    const printed = decoder.decode(stdout).trim().split("\n");
    const response = await fetch(`${url}/api/v1/flags/reply-model`);
    const { variants }: FlagEvaluation = await response.json();
    assert.deepEqual(
      printed,
      variants.map(({ variant_name, users, success_rate }) =>
        `${variant_name} ${users} ${success_rate}`
      ),
      decoder.decode(stderr),
    );
    const sum = (name: "users" | "executions" | "successes"): number =>
      variants.reduce((total, variant) => total + variant[name], 0);
    assert.deepEqual(
      [sum("users"), sum("executions"), sum("successes")],
      [100, 100, 66],
    );
    assert.deepEqual(
      variants.map(({ avg_input_tokens }) => avg_input_tokens),
      [120, 120],
    );
    const { code, output } = await runVerify(path);
    assert.equal(code, 0, output);
  });
});

Deno.test("the README's curl example is answered as it says", async () => {
  await withServer(async (url) => {
    const [, path = "", body = ""] = /8100(\S+) [^']*'([^']*)'/.exec(
      readme.slice(readme.indexOf("curl http")),
    ) ?? [];
    const response = await fetch(url + path, { method: "POST", body });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), JSON.parse(blockOf("json")));
  });
});

Deno.test("the documents name the version of Deno that is pinned", () => {
  const version = read(".deno-version").trim();
  const setup = "components/setup/setup_steps.tsx";
  for (const name of ["README.md", "CONTRIBUTING.md", setup]) {
    const named = read(name).match(/deno@[\d.]*\d/g) ?? [];
    assert.ok(named.length > 0, name);
    assert.deepEqual([...new Set(named)], [`deno@${version}`], name);
  }
});

Deno.test("the README lists every task, every variable and every dependency", () => {
  const { tasks, imports } = JSON.parse(read("deno.json"));
  const providers = JSON.parse(read("tests/providers/deno.json")).imports;
  for (const task of Object.keys(tasks)) {
    assert.match(readme, new RegExp(`^\\| \`${task}\` +\\|`, "m"));
  }
  const config = read("server/config.ts");
  const variables = new Set(config.match(/MODELAB_[A-Z_]+/g));
  assert.ok(variables.size >= 5);
  for (const variable of variables) {
    assert.match(readme, new RegExp(`^\\| \`${variable}\` +\\|`, "m"));
  }
  const packages = Object.values({ ...imports, ...providers }).map(String)
    .filter((target) => target.startsWith("npm:"))
    .map((target) => target.slice("npm:".length).replace(/@[^@/]*$/, ""));
  assert.ok(packages.length > 0);
  for (const name of packages) {
    assert.match(readme, new RegExp(`^\\| \`${name}\``, "m"));
  }
});

Deno.test("the README states every limit of the server", () => {
  const table = readme.slice(
    readme.indexOf("## Limits"),
    readme.indexOf("## Configuration"),
  );
  for (const [name, limit] of Object.entries(LIMITS)) {
    const number = limit.toLocaleString("en-US");
    assert.match(table, new RegExp(`[ (]${number}[ )]`), name);
  }
});

Deno.test("the README's links lead to files", () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)];
  assert.ok(links.length >= 3);
  for (const [, target = ""] of links) {
    assert.ok(Deno.statSync(join(ROOT, target)).isFile, target);
  }
});
