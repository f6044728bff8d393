/**
 * The server of the page: it serves it, asks the provider for it, and passes
 * its records on to modelab with the key that the page does not have.
 */
import OpenAI from "openai";

const MODELAB = Deno.env.get("MODELAB_SERVER") ?? "http://localhost:8100";
const openai = new OpenAI();
const read = (name: string) =>
  Deno.readTextFile(new URL(name, import.meta.url));

/** The page's script with the SDK in it; a bundler of yours does as well. */
async function bundle(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--no-lock",
      "--minify",
      "--platform=browser",
      "client.ts",
    ],
    cwd: new URL(".", import.meta.url),
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout);
}

async function ask(request: Request): Promise<Response> {
  const { prompt, message } = await request.json();
  return Response.json(
    await openai.chat.completions.create({
      model: "gpt-4.1-mini",
      messages: [
        { role: "system", content: prompt },
        { role: "user", content: message },
      ],
    }),
  );
}

/** Only what a page has to send, and never to read. */
async function passOn(request: Request): Promise<Response> {
  const { status, body } = await fetch(`${MODELAB}/api/v1/ingest`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-api-key": Deno.env.get("MODELAB_API_KEY") ?? "",
      ...(request.headers.get("content-encoding") === "gzip" &&
        { "content-encoding": "gzip" }),
    },
    body: await request.bytes(),
  });
  return new Response(body, {
    status,
    headers: { "content-type": "application/json" },
  });
}

const [page, client] = [await read("index.html"), await bundle()];
const typed = (body: string, type: string) =>
  new Response(body, { headers: { "content-type": type } });

const server = Deno.serve({
  hostname: "localhost",
  port: Number(Deno.env.get("PORT") ?? 8000),
}, (request) => {
  switch (`${request.method} ${new URL(request.url).pathname}`) {
    case "GET /":
      return typed(page, "text/html; charset=utf-8");
    case "GET /client.js":
      return typed(client, "text/javascript; charset=utf-8");
    case "POST /ask":
      return ask(request);
    case "POST /modelab/api/v1/ingest":
      return passOn(request);
    default:
      return new Response(null, { status: 404 });
  }
});

Deno.addSignalListener("SIGTERM", async () => {
  await server.shutdown();
  Deno.exit();
});
