import { dirname, join, relative } from "node:path";
import { walk } from "./_crawl.ts";
import { writeBrowserConfig } from "./_browser_config.ts";

/** What {@linkcode bundle} makes. */
export interface BundleResult {
  /** The files by their path, relative and with slashes. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** For each entry point, the path of its file. */
  readonly outputs: readonly string[];
}

/** How {@linkcode bundle} works. */
export interface BundleOptions {
  /** Whether the result is for production. */
  minify: boolean;
  /** An absolute path below which it keeps files while it works. */
  workDir: string;
}

/**
 * Bundles modules for the browser. What they share is in files of its own.
 *
 * A process of its own does it: `Deno.bundle()` would turn JSX into what the
 * configuration of this process says, which is templates, and only a server
 * can render those.
 *
 * @param entrypoints the modules' absolute paths
 * @throws {Error} when a module cannot be bundled
 */
export async function bundle(
  entrypoints: readonly string[],
  { minify, workDir }: BundleOptions,
): Promise<BundleResult> {
  await Deno.mkdir(workDir, { recursive: true });
  const directory = await Deno.makeTempDir({ dir: workDir, prefix: "bundle-" });
  try {
    const outputDir = join(directory, "output");
    await run([
      `--config=${await writeBrowserConfig(directory)}`,
      `--outdir=${outputDir}`,
      minify ? "--minify" : "--sourcemap=inline",
      ...entrypoints,
    ]);
    const files = await filesIn(outputDir);
    return { files, outputs: outputsOf(entrypoints, files) };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform=browser",
      "--format=esm",
      "--code-splitting",
      ...args,
    ],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (success) return;
  const reasons = new TextDecoder().decode(stderr);
  throw new Error(`Cannot bundle the islands: ${reasons}`);
}

async function filesIn(
  directory: string,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of await walk(directory)) {
    const name = relative(directory, path).replaceAll("\\", "/");
    files.set(name, await Deno.readFile(path));
  }
  return files;
}

function outputsOf(
  entrypoints: readonly string[],
  files: BundleResult["files"],
): string[] {
  const base = commonDirectory(entrypoints);
  return entrypoints.map((entrypoint) => {
    const output = relative(base, entrypoint)
      .replaceAll("\\", "/")
      .replace(/\.[^.]+$/, ".js");
    if (files.has(output)) return output;
    throw new Error(`The bundle of ${entrypoint} lacks ${output}.`);
  });
}

/** Where output paths begin: the bundler keeps them apart by directory. */
function commonDirectory(paths: readonly string[]): string {
  let base = dirname(paths[0] ?? "");
  while (paths.some((path) => relative(base, path).startsWith(".."))) {
    base = dirname(base);
  }
  return base;
}
