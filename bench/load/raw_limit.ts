import { join } from "node:path";
import { ROOT } from "../../tests/processes/root.ts";

const encoder = new TextEncoder();

/**
 * What Deno KV can write on this disk at all, measured in a process of its
 * own, whose databases grow from sample to sample as the server's do.
 */
export class RawLimit {
  readonly #rows: number;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;

  /**
   * @param paths A database for each kind of ids: files, or URLs.
   * @param rows Sets, each with its check, in one atomic.
   * @param env Further variables of its environment.
   */
  constructor(
    paths: { readonly v4: string; readonly v7: string },
    rows: number,
    env: Readonly<Record<string, string>>,
  ) {
    this.#rows = rows;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        `--config=${join(ROOT, "deno.json")}`,
        "--allow-read",
        "--allow-write",
        "--allow-net",
        "--allow-env",
        join(ROOT, "bench/load/raw_writer.ts"),
        paths.v4,
        paths.v7,
        String(rows),
      ],
      env: { ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#output = this.#child.stdout
      .pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Writes rows, and gives how many a second. */
  async sample(ids: "v4" | "v7", rows: number): Promise<number> {
    const commits = Math.ceil(rows / this.#rows);
    await this.#input.write(encoder.encode(`${ids} ${commits}\n`));
    let answer = "";
    while (!answer.endsWith("\n")) {
      const { value, done } = await this.#output.read();
      if (done) throw new Error("The raw writer ended before it answered");
      answer += value;
    }
    return commits * this.#rows / Number(answer);
  }

  async close(): Promise<void> {
    await this.#input.close();
    await this.#output.cancel();
    await this.#child.status;
  }
}
