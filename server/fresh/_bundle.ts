import { dirname, relative, sep } from "node:path";

/** What {@linkcode bundle} makes. */
export interface BundleResult {
  /** The files by their path, relative and with slashes. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** For each entry point, the path of its file. */
  readonly outputs: readonly string[];
}

/**
 * Bundles modules for the browser. What they share is in files of its own.
 *
 * @param entrypoints the modules' absolute paths
 * @param options whether the result is for production
 * @throws {Error} when a module cannot be bundled
 */
export async function bundle(
  entrypoints: readonly string[],
  { minify }: { minify: boolean },
): Promise<BundleResult> {
  // Nothing is written here; the name only tells output from input.
  const outputDir = `${sep}_fresh_bundle`;
  const { outputFiles = [], errors, success } = await Deno.bundle({
    entrypoints: [...entrypoints],
    outputDir,
    platform: "browser",
    format: "esm",
    codeSplitting: true,
    minify,
    ...(minify ? {} : { sourcemap: "inline" as const }),
    write: false,
  });
  if (!success) {
    const reasons = errors.map(({ text, location }) =>
      // Null where there is none, whatever its type says.
      location ? `${location.file}:${location.line}: ${text}` : text
    );
    throw new Error(`Cannot bundle the islands: ${reasons.join("\n")}`);
  }

  const files = new Map(outputFiles.map((file) => [
    relative(outputDir, file.path).replaceAll("\\", "/"),
    file.contents ?? new TextEncoder().encode(file.text()),
  ]));
  const base = commonDirectory(entrypoints);
  const outputs = entrypoints.map((entrypoint) => {
    const output = relative(base, entrypoint)
      .replaceAll("\\", "/")
      .replace(/\.[^.]+$/, ".js");
    if (files.has(output)) return output;
    throw new Error(`The bundle of ${entrypoint} lacks ${output}.`);
  });
  return { files, outputs };
}

/** Where output paths begin: the bundler keeps them apart by directory. */
function commonDirectory(paths: readonly string[]): string {
  let base = dirname(paths[0] ?? "");
  while (paths.some((path) => relative(base, path).startsWith(".."))) {
    base = dirname(base);
  }
  return base;
}
