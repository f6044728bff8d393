import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../processes/root.ts";

const WEAKNESS = {
  id: 1,
  url: "https://example.com/weakness",
  title: "A weakness",
  severity: "high",
  vulnerable_versions: "<99.0.0",
  cwe: [],
  cvss: { score: 9, vectorString: null },
};

/** Audits against a registry that knows these weaknesses, or knows nothing. */
async function audit(
  known: { readonly [name: string]: readonly unknown[] } | null,
  args: readonly string[] = [],
): Promise<{ readonly code: number; readonly said: string }> {
  const registry = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await request.body?.cancel();
      return known === null
        ? new Response("Method Not Allowed", { status: 405 })
        : Response.json(known);
    },
  );
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-run", "tests/project/audit.ts", ...args],
    cwd: ROOT,
    env: { NPM_CONFIG_REGISTRY: `http://127.0.0.1:${registry.addr.port}/` },
    stderr: "null",
  }).output();
  await registry.shutdown();
  return { code, said: new TextDecoder().decode(stdout) };
}

Deno.test("an audit fails on a weakness that is known, and says when it could ask nobody", async () => {
  const clean = await audit({});
  assert.equal(clean.code, 0, clean.said);
  assert.doesNotMatch(clean.said, /NOT AUDITED/);
  const weak = await audit({ hono: [WEAKNESS] });
  assert.equal(weak.code, 1, weak.said);
  assert.match(weak.said, /Package: +hono/);
  const deaf = await audit(null);
  assert.equal(deaf.code, 0);
  assert.match(deaf.said, /^NOT AUDITED/m);
  assert.equal((await audit(null, ["--required"])).code, 1);
});

Deno.test("the gate audits", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));
  assert.ok(tasks.ok.command.includes("deno task audit"));
});
