import { existsSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../processes/free_port.ts";
import { guideBlock } from "./guide.ts";

/** The nginx of the operations guide, in a process of its own. */
export interface Proxy {
  /** Say `https://localhost:41234`. */
  readonly url: string;
  readonly port: number;
  /** Its certificate, which it has signed itself, as PEM. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** What the guide's configuration is made to be in a test. */
export interface ProxyOptions {
  /** Where its files are; made by the caller. */
  readonly directory: string;
  /** What it stands before, say `http://localhost:41234`. */
  readonly server: string;
  /** Texts of the configuration that are replaced; each must be there. */
  readonly changes?: readonly (readonly [string, string])[];
}

const NGINX = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"]
  .find((path) => existsSync(path));

/** Whether the tests with nginx can run; says so where they cannot. */
export const hasNginx: boolean = NGINX !== undefined;
if (!hasNginx) console.log("Skipped: tests behind nginx need nginx");

/** Starts nginx as the guide configures it, and waits until it listens. */
export async function startNginx(options: ProxyOptions): Promise<Proxy> {
  const { directory, server, changes = [] } = options;
  const port = freePort();
  const certificate = join(directory, "lab.pem");
  const key = join(directory, "lab.key");
  await run("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    ...["-nodes", "-days", "2", "-subj", "/CN=localhost"],
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
    ...["-keyout", key, "-out", certificate],
  ]);
  let site = guideBlock("nginx");
  for (
    const [from, to] of [
      ["server 127.0.0.1:8100;", `server ${new URL(server).host};`],
      ["listen 443 ", `listen 127.0.0.1:${port} `],
      ["lab.example.com", "localhost"],
      ["/etc/ssl/lab.pem", certificate],
      ["/etc/ssl/lab.key", key],
      ...changes,
    ] as const
  ) {
    if (!site.includes(from)) throw new Error(`The guide must have: ${from}`);
    site = site.replaceAll(from, to);
  }
  const config = join(directory, "nginx.conf");
  await Deno.writeTextFile(config, around(site, directory));
  const child = new Deno.Command(NGINX ?? "nginx", {
    args: ["-p", directory, "-c", config, "-e", join(directory, "error.log")],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const ended = child.status.then(({ code }) => {
    throw new Error(`nginx must listen, and ended with ${code}`);
  });
  await Promise.race([ended, listening(port)]);
  return {
    url: `https://localhost:${port}`,
    port,
    certificate: await Deno.readTextFile(certificate),
    async stop() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

/** What a distribution's own nginx.conf says around a site. */
function around(site: string, directory: string): string {
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return [
    // Its workers have to reach the test's directory.
    Deno.uid() === 0 ? "user root;" : "",
    "daemon off;",
    "worker_processes 1;",
    `pid ${join(directory, "nginx.pid")};`,
    "events { worker_connections 256; }",
    "http {",
    "access_log off;",
    ...kinds.map((kind) => `${kind}_temp_path ${join(directory, kind)};`),
    site,
    "}",
  ].join("\n");
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error(`nginx must listen on ${port}, and does not`);
}
