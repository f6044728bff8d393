/**
 * `deno task bench:pages`: how long the dashboard's pages take, as ratios of
 * what ran in turns with them: the results page beside the reading of its
 * counters, each page of a large ledger beside that of a small one, and lists
 * of 1,000 flags beside those of 25.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { Builder } from "fresh/dev";
import { createApp } from "../server/app.ts";
import { type Service, serviceOn } from "../server/service.ts";
import { incomingOf } from "../storage/kv/entry.ts";
import { LOCAL_LIMITS } from "../storage/kv/limits.ts";
import {
  sampleRecords,
  type SampleVariant,
  VARIANTS,
} from "../tests/browser/sample_records.ts";
import { digits, printTable } from "./load/print_table.ts";

const FLAG = "reply";
const SAMPLES = 60;
const PAGES = [
  "flags",
  "trends",
  "distributions",
  "health",
  "records",
  "setup",
] as const;

type Handler = (request: Request) => Promise<Response> | Response;
const root = new URL("../", import.meta.url).href;
const build = await new Builder({ root }).build({ snapshot: "memory" });

/** A service on a database, and the app that answers for it. */
function serve(kv: Deno.Kv): { service: Service; handler: Handler } {
  const service = serviceOn({ kv, limits: LOCAL_LIMITS }, {});
  const app = createApp(service);
  build(app);
  const handle = app.handler();
  const info: Deno.ServeHandlerInfo<Deno.NetAddr> = {
    remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
    completed: Promise.resolve(),
  };
  return { service, handler: (request) => handle(request, info) };
}

/** A server in memory, and what its pages and counters cost. */
class Subject {
  readonly #kv: Deno.Kv;
  readonly #path: string;
  readonly #service: Service;
  #handler: Handler;

  private constructor(kv: Deno.Kv, path: string) {
    this.#kv = kv;
    this.#path = path;
    const { service, handler } = serve(kv);
    this.#service = service;
    this.#handler = handler;
  }

  static async start(): Promise<Subject> {
    const directory = await Deno.makeTempDir();
    return new Subject(
      await Deno.openKv(`${directory}/data.kv`),
      directory,
    );
  }

  /** Answers like a server that has only just begun, and knows nothing. */
  forget(): void {
    this.#handler = serve(this.#kv).handler;
  }

  /** Gives users to many flags, with commits that have some of each. */
  async fillMany(flags: number, rounds: number, prefix: string): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      for (let from = 0; from < flags; from += 25) {
        const records = Array.from(
          { length: Math.min(25, flags - from) },
          (_, at) =>
            incomingOf(
              sampleRecords({
                flag: `flag-${from + at}`,
                users: 1,
                prefix: `${prefix}${round}-`,
              }),
              Date.now(),
            ),
        );
        await this.#service.ledger.ingest(records.flat(), 0);
      }
    }
  }

  async fill(
    flag: string,
    users: number,
    variants: readonly SampleVariant[] = VARIANTS,
    prefix = "",
  ): Promise<number> {
    const step = 500;
    let sent = 0;
    for (let from = 0; from < users; from += step) {
      const batch = sampleRecords({
        flag,
        variants,
        users: Math.min(step, users - from),
        prefix: `${prefix}${from}-`,
      });
      const records = incomingOf(batch, Date.now());
      await this.#service.ledger.ingest(records, 0);
      sent += records.length;
    }
    return sent;
  }

  /** As a server does each minute. */
  async fold(): Promise<void> {
    await this.#service.ledger.foldAll();
  }

  async page(path: string): Promise<number> {
    const start = performance.now();
    const answer = await this.#handler(
      new Request(`http://127.0.0.1${path}`, {
        headers: { accept: "text/html" },
      }),
    );
    await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return performance.now() - start;
  }

  /** What the results page reads before it computes and renders. */
  async counters(flag: string): Promise<number> {
    const start = performance.now();
    await Promise.all([
      this.#service.reader.evaluateFlag(flag),
      this.#service.reader.readStatistics(flag),
    ]);
    return performance.now() - start;
  }

  async close(): Promise<void> {
    this.#service.news.close();
    await this.#service.close();
    await Deno.remove(this.#path, { recursive: true });
  }
}

type Measure = () => Promise<number>;

/** Medians in milliseconds of two things that are done in turns. */
async function inTurns(
  one: Measure,
  other: Measure,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let sample = -5; sample < SAMPLES; sample++) {
    const pair = [await one(), await other()] as const;
    if (sample < 0) continue;
    times[0].push(pair[0]);
    times[1].push(pair[1]);
  }
  const [first, second] = times.map(median);
  return [first ?? NaN, second ?? NaN];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function rowOf(name: string, one: number, other: number): string[] {
  return [name, digits(one, 2), digits(other, 2), digits(one / other, 2)];
}

const { values } = parseArgs({
  args: Deno.args,
  options: { users: { type: "string", default: "12000" } },
});
const users = Number(values.users);
const small = await Subject.start();
const large = await Subject.start();

const four = ["a", "b", "c", "d"].map((name, at) => ({
  name,
  success: 0.4 + at / 20,
  latency: 900 + at,
  cost: 0.001 * (at + 1),
}));
await small.fill("four", 500, four);
await small.fold();
const again = await inTurns(
  () => small.page("/flags/four"),
  () => small.counters("four"),
);
let came = 0;
/** Measures what is asked for right after another user has come. */
async function afterNews(measure: Measure): Promise<number> {
  const prefix = `news-${came++}-`;
  await small.fill("four", 1, four, prefix);
  return await measure();
}
const first = await inTurns(
  () => afterNews(() => small.page("/flags/four")),
  () => afterNews(() => small.counters("four")),
);
printTable(
  ["results page of four variants", "page, ms", "counters, ms", "ratio"],
  [
    rowOf("of figures that have just changed", ...first),
    rowOf("of figures that it was asked for before", ...again),
  ],
);

await small.fill(FLAG, 50);
const records = await large.fill(FLAG, users);
await Promise.all([small.fold(), large.fold()]);
const rows: string[][] = [];
for (const name of PAGES) {
  const path = `/${name}/${FLAG}`;
  const [many, few] = await inTurns(
    () => large.page(path),
    () => small.page(path),
  );
  rows.push(rowOf(path, many, few));
}
console.log();
printTable(
  [`pages of ${records} records`, "large, ms", "small, ms", "ratio"],
  rows,
);

/** More than a chore leaves as deltas. */
const ROUNDS = 6;
/** As many as the page shows. */
const SHOWN = 25;
await large.fillMany(1_000, ROUNDS, "");
await small.fillMany(SHOWN, ROUNDS, "");
await Promise.all([small.fold(), large.fold()]);
const compare = (
  of: (list: Subject) => Promise<number>,
): Promise<[number, number]> => inTurns(() => of(large), () => of(small));
let news = 0;
const listRows = [
  rowOf("/", ...await compare((list) => list.page("/"))),
  rowOf(
    "/, when all flags of the page have changed",
    ...await compare(async (list) => {
      await list.fillMany(SHOWN, 1, `news-${news++}-`);
      return await list.page("/");
    }),
  ),
  rowOf(
    "/, by a server that has only just begun",
    ...await compare((list) => {
      list.forget();
      return list.page("/");
    }),
  ),
  rowOf(
    "/api/v1/flags",
    ...await compare((list) => list.page("/api/v1/flags")),
  ),
];
console.log();
printTable(["list", "1,000 flags, ms", "25 flags, ms", "ratio"], listRows);
await small.close();
await large.close();
