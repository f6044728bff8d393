import { join } from "node:path";
import { freePort } from "../processes/free_port.ts";
import { ROOT } from "../processes/root.ts";
import type { Route } from "../providers/stand_in.ts";

const EXAMPLES = join(ROOT, "examples");

/** What the stand-in for the provider says to everything. */
export const PROVIDER: Route = {
  plain: {
    json: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "gpt-4.1-mini-2025-04-14",
      choices: [{
        index: 0,
        message: { role: "assistant", content: "OK, hello!", refusal: null },
        logprobs: null,
        finish_reason: "stop",
      }],
      usage: { prompt_tokens: 1_000, completion_tokens: 500 },
    },
  },
  stream: {
    sse: ["OK, ", "hello!"].map((content): unknown => ({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "gpt-4.1-mini-2025-04-14",
      choices: [{ index: 0, delta: { content }, finish_reason: null }],
      usage: null,
    })).concat({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "gpt-4.1-mini-2025-04-14",
      choices: [],
      usage: { prompt_tokens: 1_000, completion_tokens: 500 },
    }),
    done: true,
  },
};

/** Where an example finds what it needs. */
export interface Places {
  readonly provider: string;
  readonly modelab: string;
}

function command(
  args: readonly string[],
  { provider, modelab }: Places,
  port = 0,
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: EXAMPLES,
    env: {
      NO_COLOR: "1",
      PORT: String(port),
      OPENAI_API_KEY: "key",
      OPENAI_BASE_URL: `${provider}/v1`,
      MODELAB_SERVER: modelab,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs an example to its end, and gives what it printed. */
export async function runExample(
  args: readonly string[],
  places: Places,
): Promise<string> {
  const { code, stdout, stderr } = await command(args, places).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}

/** Starts an example that serves, and ends it by SIGTERM afterwards. */
export async function withExample(
  args: readonly string[],
  places: Places,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const port = freePort();
  const child = command(args, places, port).spawn();
  const output = child.output();
  try {
    await accepts(port, output);
    await use(`http://localhost:${port}`);
  } finally {
    child.kill("SIGTERM");
    await output;
  }
}

/** Waits until somebody listens, or the process has ended instead. */
async function accepts(
  port: number,
  output: Promise<Deno.CommandOutput>,
): Promise<void> {
  let ended: Deno.CommandOutput | null = null;
  void output.then((result) => ended = result);
  for (;;) {
    try {
      using _ = await Deno.connect({ hostname: "localhost", port });
      return;
    } catch {
      if (ended !== null) {
        const { stderr }: Deno.CommandOutput = ended;
        throw new Error(new TextDecoder().decode(stderr));
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
