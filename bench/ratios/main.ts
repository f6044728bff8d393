import { FLAG, USERS } from "./bucket_keys.ts";
import { median } from "./rate.ts";

// Compares what is fast in the SDK with what does the same elsewhere, in one
// run, round by round in turn. Needs a C compiler and Node.

const HERE = new URL(".", import.meta.url);
const ROUNDS = Number(Deno.args[0] ?? 5);
const folder = await Deno.makeTempDir();
const decoder = new TextDecoder();

async function run(
  program: string,
  args: readonly string[],
  input = "",
): Promise<string> {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd: HERE,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) {
    throw new Error(`${program} ${args[0]}: ${decoder.decode(stderr)}`);
  }
  return decoder.decode(stdout);
}

async function bundled(worker: string): Promise<string> {
  const path = `${folder}/${worker}.mjs`;
  await run(Deno.execPath(), [
    "bundle",
    "--config=deno.json",
    "--no-lock",
    "--platform=deno",
    `--output=${path}`,
    `${worker}.ts`,
  ]);
  return path;
}

const runtimes = {
  Deno: (path: string) =>
    run(Deno.execPath(), ["run", "-A", "--no-lock", "--no-config", path]),
  Node: (path: string) => run("node", [path]),
};

/** Each runtime's numbers, the middle of all rounds. */
async function measure(
  worker: string,
  beside: () => Promise<Record<string, number>>,
): Promise<Map<string, Record<string, number>>> {
  const path = await bundled(worker);
  const rounds: [string, Record<string, number>][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [runtime, start] of Object.entries(runtimes)) {
      const numbers = { ...JSON.parse(await start(path)), ...await beside() };
      rounds.push([runtime, numbers]);
    }
  }
  return new Map(
    Object.keys(runtimes).map((runtime) => {
      const own = rounds.filter(([name]) => name === runtime);
      const names = Object.keys(own[0]?.[1] ?? {});
      return [
        runtime,
        Object.fromEntries(
          names.map((
            name,
          ) => [name, median(own.map(([, numbers]) => numbers[name] ?? NaN))]),
        ),
      ];
    }),
  );
}

function say(what: string, got: number, goal: string): void {
  console.log(
    `${what.padEnd(52)} ${got.toFixed(2).padStart(6)}   goal ${goal}`,
  );
}

try {
  await run("cc", ["-O3", "-o", `${folder}/md5`, "md5.c"]);
  const c = async (kind: string): Promise<number> => {
    const keys = USERS[kind]?.map((user) => `${FLAG}:${user}`) ?? [];
    const input = `${keys.join("\n")}\n`;
    const count = String(keys.length);
    return Number.parseFloat(await run(`${folder}/md5`, [count, "0.4"], input));
  };
  const buckets = await measure("bucket_worker", async () => ({
    cAscii: await c("ascii"),
    cOther: await c("other"),
  }));
  for (
    const [runtime, { ascii = 0, other = 0, cAscii = 0, cOther = 0 }] of buckets
  ) {
    const goal = runtime === "Deno" ? "0.70" : "0.60";
    say(`${runtime}: buckets / C's MD5, ASCII`, ascii / cAscii, goal);
    say(`${runtime}: buckets / C's MD5, other scripts`, other / cOther, "0.45");
  }
  const peers = await measure("assign_worker", () => Promise.resolve({}));
  for (const [runtime, { modelab = 0, ...others }] of peers) {
    const { growthbook = 0, growthbookClient = 0, unleash = 0 } = others;
    say(`${runtime}: assign() / GrowthBook`, modelab / growthbook, "3.00");
    say(
      `${runtime}: assign() / GrowthBookClient`,
      modelab / growthbookClient,
      "none",
    );
    say(
      `${runtime}: assign() / Unleash`,
      modelab / unleash,
      runtime === "Deno" ? "1.50" : "5.00",
    );
  }
  const streams = await measure("stream_worker", () => Promise.resolve({}));
  for (const [runtime, added] of streams) {
    for (const [name, micros] of Object.entries(added)) {
      say(`${runtime}: run() on a stream, µs per part, ${name}`, micros, "< 2");
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
