import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { fetchJson } from "../components/api_client.ts";
import { isFlagOverview } from "../components/api_shapes.ts";
import { type Carried, useCarried } from "../components/carried.ts";
import { FirstAssignment } from "../components/first_assignment.tsx";
import {
  FlagListControls,
  FlagPager,
} from "../components/flag_list_controls.tsx";
import { FlagTable } from "../components/flag_table.tsx";
import {
  newsPath,
  overviewApiPath,
  signInPath,
} from "../components/flag_url.ts";
import { LiveStatus } from "../components/live_status.tsx";
import { TakeAway } from "../components/take_away.tsx";
import { useLive } from "../components/use_live.ts";
import type { FlagOverview } from "../engine/flag_overview.ts";

/** Props of {@linkcode LiveFlagList}. */
export interface LiveFlagListProps {
  /** The flags as they stood when the page was rendered. */
  overview: Carried<FlagOverview>;
  /** When that was, in epoch milliseconds. */
  now: number;
  /** The server's address, for the code that sends a first assignment. */
  server: string;
}

/** While the same flags are on the page, none of them changes its place. */
function inOrderOf(shown: FlagOverview, next: FlagOverview): FlagOverview {
  const places = new Map(
    shown.flags.map(({ summary }, place) => [summary.flag_name, place]),
  );
  const placeOf = ({ summary }: FlagOverview["flags"][number]): number =>
    places.get(summary.flag_name) ?? -1;
  return next.flags.some((flag) => placeOf(flag) < 0) ? next : {
    ...next,
    flags: [...next.flags].sort((a, b) => placeOf(a) - placeOf(b)),
  };
}

/** A page of the flags, kept fresh. */
export default function LiveFlagList(props: LiveFlagListProps): JSX.Element {
  const overview = useSignal(useCarried(props.overview));
  const now = useSignal(props.now);
  const live = useLive(newsPath(null), async (signal) => {
    const path = overviewApiPath(overview.value.query);
    const answer = await fetchJson(path, isFlagOverview, signal);
    overview.value = inOrderOf(overview.value, answer.body);
    now.value = answer.now;
  });

  const { flags, known, pages, query, total } = overview.value;
  const shown = new URLSearchParams({ ...query, page: String(query.page) });
  return (
    <>
      <header class="page-head">
        <div class="page-title">
          <h1>Flags</h1>
          <LiveStatus
            status={live.status.value}
            signInHref={signInPath("/")}
            onPaused={live.setPaused}
          />
        </div>
        {known > 0 && <FlagListControls query={query} />}
      </header>
      {known === 0
        ? <FirstAssignment server={props.server} />
        : flags.length === 0
        ? <p class="card">No flag has “{query.search}” in its name.</p>
        : (
          <div>
            <FlagTable flags={flags} now={now.value} />
            <FlagPager query={query} pages={pages} total={total} />
            <TakeAway
              links={[
                ["This page as CSV", `?${shown}&format=csv`],
                ["This page as JSON", `?${shown}&format=json`],
              ]}
            />
          </div>
        )}
    </>
  );
}
