import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../processes/root.ts";
import { npmMissing, RUNTIMES } from "./runtime.ts";
import { type SdkProject, testdata, withSdkProject } from "./sdk_project.ts";

const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: "es2022",
  lib: ["es2022", "dom", "esnext.disposable"],
  // Neither Node's types nor any other that a project might have.
  types: [],
};

/** Runs tsc, of the version that is pinned here. */
async function compile(
  { directory }: SdkProject,
  options: Record<string, unknown>,
): Promise<void> {
  const { imports } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  await Deno.writeTextFile(
    join(directory, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { ...COMPILER_OPTIONS, ...options },
      files: ["user.ts"],
    }),
  );
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      `--config=${join(ROOT, "deno.json")}`,
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys",
      `${imports.typescript}/tsc`,
      "--project",
      directory,
    ],
    cwd: directory,
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stdout));
}

Deno.test({
  name: "the npm package has no dependency, and every entry has its types",
  ignore: npmMissing,
  async fn() {
    await withSdkProject({}, async ({ directory }) => {
      const root = join(directory, "node_modules/@modelab/sdk");
      const { name, type, license, dependencies, exports } = JSON.parse(
        await Deno.readTextFile(join(root, "package.json")),
      );
      assert.deepEqual([name, type, license, dependencies], [
        "@modelab/sdk",
        "module",
        "MIT",
        undefined,
      ]);
      const { exports: declared } = JSON.parse(
        await Deno.readTextFile(join(ROOT, "deno.json")),
      );
      assert.deepEqual(Object.keys(exports), Object.keys(declared));
      for (const entry of Object.keys(declared)) {
        const { types, import: module } = exports[entry];
        for (const path of [types, module]) {
          assert.ok((await Deno.stat(join(root, path))).isFile, path);
        }
      }
      assert.deepEqual(
        [...Deno.readDirSync(join(directory, "node_modules"))]
          .map(({ name }) => name).filter((name) => !name.startsWith(".")),
        ["@modelab"],
      );
    });
  },
});

Deno.test({
  name: "the npm package works in a project of ESM and TypeScript",
  ignore: npmMissing,
  async fn() {
    const files = { "user.ts": testdata("user.ts") };
    await withSdkProject(files, async (project) => {
      await compile(project, { module: "preserve", noEmit: true });
      await compile(project, { module: "nodenext" });
      for (const runtime of RUNTIMES) {
        if (runtime.missing) continue;
        const { code, stdout, stderr } = await project.run(runtime, "user.js");
        assert.deepEqual([code, stderr], [0, ""], runtime.name);
        assert.match(stdout, /^modelab m[12] 2\n$/, runtime.name);
      }
    });
  },
});
