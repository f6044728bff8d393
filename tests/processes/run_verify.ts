import { join } from "node:path";
import { taskPermissions } from "../../server/permissions.ts";
import { ROOT } from "./root.ts";

/**
 * Runs `deno task verify` on a database: its exit code and what it says.
 *
 * @param path A file, or a URL of KV Connect.
 * @param env Further variables of its environment.
 */
export async function runVerify(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...taskPermissions({ kvPath: path }, { root: ROOT }),
      join(ROOT, "server/verify.ts"),
    ],
    cwd: ROOT,
    env: { ...env, MODELAB_KV_PATH: path },
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}
