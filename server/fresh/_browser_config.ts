import { fileURLToPath } from "node:url";

const CONFIG = new URL("../../deno.json", import.meta.url);
const LOCK = new URL("../../deno.lock", import.meta.url);

/**
 * Writes the project's configuration as the bundler needs it: with JSX as
 * elements, and the versions that the project's lock file names.
 *
 * @param directory an absolute path, which takes both files
 * @returns the path of the configuration
 */
export async function writeBrowserConfig(directory: string): Promise<string> {
  const { compilerOptions, imports } = JSON.parse(
    await Deno.readTextFile(CONFIG),
  );
  const { jsxImportSource } = compilerOptions;
  const config = {
    compilerOptions: { jsx: "react-jsx", jsxImportSource },
    imports: Object.fromEntries(
      Object.entries(imports).map(([name, target]) => [
        name,
        String(target).startsWith(".")
          ? new URL(String(target), CONFIG).href
          : target,
      ]),
    ),
    nodeModulesDir: "none",
  };
  const path = `${directory}/deno.json`;
  await Deno.writeTextFile(path, JSON.stringify(config));
  await Deno.copyFile(fileURLToPath(LOCK), `${directory}/deno.lock`);
  return path;
}
