/** A server that answers each case of testdata/suite.js as it wants. */
export interface StandIn extends AsyncDisposable {
  readonly url: string;
}

interface Taken {
  readonly ids: Set<string>;
  records: number;
  readonly times: number[];
}

type Answer = (taken: Taken, ids: readonly string[]) => Response | null;

/** Takes every record: those that are new, and those that were there. */
function take(taken: Taken, ids: readonly string[]): Response {
  const fresh = ids.filter((id) => !taken.ids.has(id));
  for (const id of ids) taken.ids.add(id);
  taken.records += ids.length;
  return Response.json({
    accepted: fresh.length,
    duplicates: ids.length - fresh.length,
    rejected: [],
  });
}

/** What a case's server answers at first; null is to take the records. */
const ANSWERS: { readonly [prefix: string]: Answer } = {
  "500": ({ times }) =>
    times.length < 3 ? new Response("oops", { status: 500 }) : null,
  "503": ({ times }) =>
    times.length < 2
      ? new Response(null, { status: 503, headers: { "Retry-After": "1" } })
      : null,
  "429": ({ times }) =>
    times.length < 2
      ? new Response(null, {
        status: 429,
        headers: {
          "Date": "Wed, 01 Jan 2025 12:00:00 GMT",
          "Retry-After": "Wed, 01 Jan 2025 12:00:02 GMT",
        },
      })
      : null,
  "413": (_, ids) =>
    ids.length > 10 ? new Response(null, { status: 413 }) : null,
  "401": () => Response.json({ detail: "wrong key" }, { status: 401 }),
  "reports rejected": () =>
    Response.json({
      accepted: 5,
      duplicates: 0,
      rejected: [{ kind: "events", index: 0, field: "x", message: "bad" }],
    }),
  "a connection reset": (taken, ids) => {
    if (taken.times.length > 1) return null;
    take(taken, ids);
    return new Response(
      new ReadableStream({
        async pull(controller) {
          controller.enqueue(new TextEncoder().encode('{"accepted":1'));
          await new Promise((resolve) => setTimeout(resolve, 30));
          controller.error(new Error("reset"));
        },
      }),
    );
  },
};

/**
 * Starts the server. Under `/<case>/` it is that case's modelab server, and
 * `/<case>/log` says what it took; other paths are files of the project.
 *
 * @param directory Of the project that has the package installed.
 * @param vectors What `/vectors.json` gives.
 */
export function startStandIn(directory: string, vectors: unknown): StandIn {
  const cases = new Map<string, Taken>();
  let done = (): void => {};
  const end = new Promise<void>((resolve) => done = resolve);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/vectors.json") return Response.json(vectors);
      const [, name = "", rest = ""] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
      const taken = cases.get(name) ??
        { ids: new Set<string>(), records: 0, times: [] };
      if (rest === "log") {
        return Response.json({ ...taken, ids: taken.ids.size });
      }
      if (rest !== "api/v1/ingest") return await file(directory, pathname);
      cases.set(name, taken);
      const ids = await idsOf(request);
      taken.times.push(performance.now());
      const key = decodeURIComponent(name);
      if (key.startsWith("a server that is down")) {
        return new Response(null, { status: 502 });
      }
      if (key.startsWith("a server that never") && taken.times.length === 1) {
        await end;
      }
      const answer = Object.entries(ANSWERS)
        .find(([prefix]) => key.startsWith(prefix))?.[1];
      return answer?.(taken, ids) ?? take(taken, ids);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      done();
      await server.shutdown();
    },
  };
}

async function idsOf(request: Request): Promise<string[]> {
  const { assignments, executions, events } = await request.json();
  const all: Record<string, string>[] = [
    ...executions,
    ...events,
    ...assignments,
  ];
  return all.map((record) =>
    record["execution_id"] ?? record["event_id"] ?? record["assignment_id"] ??
      ""
  );
}

async function file(directory: string, pathname: string): Promise<Response> {
  try {
    const text = await Deno.readTextFile(`${directory}${pathname}`);
    return new Response(text, {
      headers: {
        "Content-Type": pathname.endsWith(".js")
          ? "text/javascript"
          : "text/html",
      },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}
