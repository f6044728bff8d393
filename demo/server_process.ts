/** The server did not come up; it has said why itself. */
export class ServerStartError extends Error {
  override readonly name = "ServerStartError";
}

/** A server in a process of its own, under this process's environment. */
export class ServerProcess {
  /** Say `http://localhost:8100`. */
  readonly url: string;
  readonly #child: Deno.ChildProcess;

  private constructor(url: string, child: Deno.ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /**
   * Starts the server that `deno task build` has built, and waits until it
   * listens.
   *
   * @param entry The path of its program.
   * @param permissions Flags for Deno.
   * @throws {ServerStartError} It ended before it listened.
   */
  static async start(
    entry: string,
    permissions: readonly string[],
  ): Promise<ServerProcess> {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...permissions,
        entry,
      ],
      // Ctrl-C would reach it as well: it would be told twice to stop, and the
      // second time stops it at once.
      detached: true,
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    return new ServerProcess(await listening(child), child);
  }

  /** Resolves when the process has ended by itself. */
  get ended(): Promise<unknown> {
    return this.#child.status;
  }

  /** Lets it finish what it does, and waits until it has ended. */
  async stop(): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await this.#child.status;
  }
}

async function listening(child: Deno.ChildProcess): Promise<string> {
  let text = "";
  const output = child.stdout.pipeThrough(new TextDecoderStream());
  for await (const chunk of output.values({ preventCancel: true })) {
    text += chunk;
    const [url] = /http:\/\/\S+(?=\s)/.exec(text) ?? [];
    if (url === undefined) continue;
    // What it says later is not looked at, but must not block it.
    output.pipeTo(new WritableStream()).catch(() => {});
    return url;
  }
  throw new ServerStartError("The server did not start");
}
