import { analyze } from "../engine/analysis/analyze.ts";
import { resolveOptions } from "../engine/analysis/resolve_options.ts";
import type { Decision } from "../engine/analysis/analysis.ts";
import type { FlagSummary } from "../engine/evaluation.ts";
import type {
  FlagOrder,
  FlagOverview,
  FlagStatus,
  OverviewFlag,
  OverviewQuery,
} from "../engine/flag_overview.ts";
import { FLAG_ORDERS } from "../engine/flag_overview.ts";
import type { FlagReader } from "../storage/flag_reader.ts";
import { described } from "./validation/field.ts";

const DAY = 86_400_000;
const ACTIVITY_DAYS = 14;
const PAGE_SIZE = 25;
const LONGEST_SEARCH = 512;

/**
 * Reads what a list of flags asks for.
 *
 * @returns With a default for what cannot be, and all that is wrong with it.
 */
export function overviewQuery(
  params: URLSearchParams,
): { readonly query: OverviewQuery; readonly faults: readonly string[] } {
  const search = params.get("search") ?? "";
  const asked = params.get("order") ?? "last_seen";
  const order = FLAG_ORDERS.find((name) => name === asked);
  const text = params.get("page") ?? "1";
  const page = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  const faults: string[] = [];
  if (search.length > LONGEST_SEARCH) {
    faults.push(
      `search must be text of at most ${LONGEST_SEARCH} characters, got ${search.length}`,
    );
  }
  if (order === undefined) {
    faults.push(
      `order must be one of ${FLAG_ORDERS.join(", ")}, got ${described(asked)}`,
    );
  }
  if (page < 1) {
    faults.push(
      `page must be an integer from 1 to 999999999, got ${described(text)}`,
    );
  }
  return {
    query: {
      search: search.slice(0, LONGEST_SEARCH),
      order: order ?? "last_seen",
      page: Math.max(page, 1),
    },
    faults,
  };
}

/**
 * Reads a page of the list of flags. Only the flags of that page are
 * analysed, so that a thousand flags cost no more than a page.
 */
export async function readOverview(
  reader: FlagReader,
  query: OverviewQuery,
  now: number,
): Promise<FlagOverview> {
  const { flags } = await reader.listFlags();
  const wanted = query.search.toLowerCase();
  const found = flags
    .filter(({ flag_name }) => flag_name.toLowerCase().includes(wanted))
    .sort(comparators[query.order]);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return {
    query: { ...query, page },
    total: found.length,
    pages,
    known: flags.length,
    flags: await Promise.all(
      shown.map((summary) => keptOverview(reader, summary, now)),
    ),
  };
}

type Compare = (a: FlagSummary, b: FlagSummary) => number;

/** Names come in the order of the list, which decides where all else is equal. */
const comparators: Readonly<Record<FlagOrder, Compare>> = {
  name: () => 0,
  // All are in UTC, with as many digits.
  last_seen: (a, b) =>
    a.last_seen === b.last_seen ? 0 : a.last_seen < b.last_seen ? 1 : -1,
  users: (a, b) => b.users - a.users,
  calls: (a, b) => b.executions - a.executions,
  spend: (a, b) => (b.total_cost ?? -1) - (a.total_cost ?? -1),
};

/** By summary: that of a flag is another one when its figures are. */
const kept: WeakMap<
  FlagSummary,
  { readonly to: number; readonly overview: OverviewFlag }
> = new WeakMap();

async function keptOverview(
  reader: FlagReader,
  summary: FlagSummary,
  now: number,
): Promise<OverviewFlag> {
  const to = (Math.floor(now / DAY) + 1) * DAY;
  const before = kept.get(summary);
  if (before?.to === to) return before.overview;
  const overview = await overviewOf(reader, summary, to);
  kept.set(summary, { to, overview });
  return overview;
}

/** @param to When the last day ends, in epoch milliseconds. */
async function overviewOf(
  reader: FlagReader,
  summary: FlagSummary,
  to: number,
): Promise<OverviewFlag> {
  const name = summary.flag_name;
  const from = to - ACTIVITY_DAYS * DAY;
  const [decision, timeline] = await Promise.all([
    decisionOf(reader, name),
    reader.readTimeline(name, { granularity: "day", from, to }),
  ]);
  const activity = new Array<number>(ACTIVITY_DAYS).fill(0);
  for (const { points } of timeline?.series ?? []) {
    for (const { time, executions } of points) {
      const at = Math.floor((Date.parse(time) - from) / DAY);
      activity[at] = (activity[at] ?? 0) + executions;
    }
  }
  return {
    summary,
    status: statusOf(decision),
    action: decision?.action ?? null,
    variant: decision?.variant ?? null,
    activity,
  };
}

async function decisionOf(
  reader: FlagReader,
  name: string,
): Promise<Decision | null> {
  const statistics = await reader.readStatistics(name);
  if (statistics === null) return null;
  const options = resolveOptions(statistics, {});
  return "option" in options ? null : analyze(statistics, options).decision;
}

function statusOf(decision: Decision | null): FlagStatus {
  switch (decision?.action) {
    case "ship":
    case "keep_control":
      return "decided";
    case "fix_experiment":
      return "needs_attention";
    default:
      return "collecting";
  }
}
