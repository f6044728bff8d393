import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { fetchJson, isFlagList } from "../components/api_client.ts";
import { FirstAssignment } from "../components/first_assignment.tsx";
import { FlagTable } from "../components/flag_table.tsx";
import { newsPath, signInPath } from "../components/flag_url.ts";
import { LiveStatus } from "../components/live_status.tsx";
import { useLive } from "../components/use_live.ts";
import type { FlagList } from "../engine/evaluation.ts";

/** Props of {@linkcode LiveFlagList}. */
export interface LiveFlagListProps {
  /** The flags as they stood when the page was rendered. */
  list: FlagList;
  /** When that was, in epoch milliseconds. */
  now: number;
  /** The server's address, for the code that sends a first assignment. */
  server: string;
}

/** Every flag, kept fresh. */
export default function LiveFlagList(props: LiveFlagListProps): JSX.Element {
  const list = useSignal(props.list);
  const now = useSignal(props.now);
  const live = useLive(newsPath(null), async (signal) => {
    const answer = await fetchJson("/api/v1/flags", isFlagList, signal);
    list.value = answer.body;
    now.value = answer.now;
  });

  const { flags } = list.value;
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
      </header>
      {flags.length === 0
        ? <FirstAssignment server={props.server} />
        : <FlagTable flags={flags} now={now.value} />}
    </>
  );
}
