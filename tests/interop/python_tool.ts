import { dirname, resolve } from "node:path";

/** What the Python tests need, or why they cannot run. */
export type PythonTool =
  | { readonly found: true; readonly seed: string }
  | { readonly found: false; readonly reason: string };

/**
 * Looks for Python, and for the original client, whose directory
 * `MODELAB_PYTHON_SEED` names.
 */
export function findPython(): PythonTool {
  const seed = Deno.env.get("MODELAB_PYTHON_SEED") ?? "";
  if (seed === "") {
    return { found: false, reason: "MODELAB_PYTHON_SEED is not set" };
  }
  try {
    const { success } = new Deno.Command("python3", { args: ["--version"] })
      .outputSync();
    if (success) return { found: true, seed: resolve(seed) };
  } catch {
    // There is no such program.
  }
  return { found: false, reason: "python3 is not installed" };
}

/** Runs a Python program with the original client, and returns its output. */
export async function runPython(
  seed: string,
  program: string,
  args: readonly string[],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [program, ...args],
    cwd: dirname(program),
    env: { PYTHONPATH: seed, PYTHONDONTWRITEBYTECODE: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}
