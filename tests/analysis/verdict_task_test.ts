import assert from "node:assert/strict";
import { analyzed, simulated } from "../../engine/analysis/testing/analyzed.ts";
import { verdictFile } from "../../engine/analysis/verdict/verdict_file.ts";
import { ROOT } from "../processes/root.ts";

/** Runs `deno task verdict` on a file that holds a text. */
async function runVerdict(
  text: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "verdict", path],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const decoder = new TextDecoder();
    return {
      code,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  } finally {
    await Deno.remove(path);
  }
}

const STATISTICS = simulated({
  a: { users: 1500, rate: 0.5 },
  b: { users: 1500, rate: 0.6 },
}).build();

async function verdictText(): Promise<string> {
  const { options } = analyzed(STATISTICS);
  return JSON.stringify(
    await verdictFile(STATISTICS, options, Date.UTC(2026, 2, 1)),
  );
}

Deno.test("deno task verdict says that a verdict file agrees, and why it was so decided", async () => {
  const { code, stdout, stderr } = await runVerdict(await verdictText());
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^"reply": \d{3,} figures computed again, 0 disagree\nShip b: /,
  );
});

Deno.test("deno task verdict exits with 1 on a file that was tampered with, and says where", async () => {
  const text = await verdictText();
  const lie = text.replace(
    '"action":"ship","variant":"b"',
    '"action":"ship","variant":"a"',
  );
  assert.notEqual(lie, text);
  const { code, stdout } = await runVerdict(lie);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /DISAGREES analysis\.decision\.variant: the file says "a", it must be "b"/,
  );
  assert.match(stdout, /DISAGREES sha256: /);
});

Deno.test("deno task verdict exits with 1 on what is no verdict file, and says why", async () => {
  const text = await runVerdict("Ship it.");
  assert.equal(text.code, 1);
  assert.match(text.stderr, /^modelab cannot check: .*JSON/);
  const other = await runVerdict('{"format":"csv"}');
  assert.equal(other.code, 1);
  assert.match(other.stderr, /format must be modelab-verdict\/1, got csv/);
});
