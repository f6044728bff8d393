import { join } from "node:path";
import { ROOT } from "../processes/root.ts";

/** The one block of a language in the operations guide. */
export function guideBlock(language: "nginx" | "ini"): string {
  const guide = Deno.readTextFileSync(join(ROOT, "docs/operations.md"));
  const blocks = [
    ...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms")),
  ];
  const [, block] = blocks[0] ?? [];
  if (block === undefined || blocks.length > 1) {
    throw new Error(
      `The guide must have one block of ${language}, got ${blocks.length}`,
    );
  }
  return block;
}
