import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { fetchJson } from "../components/api_client.ts";
import { isFlagEvaluation } from "../components/api_shapes.ts";
import { type Carried, useCarried } from "../components/carried.ts";
import { FlagHeading } from "../components/flag_heading.tsx";
import {
  flagApiPath,
  flagPagePath,
  newsPath,
  signInPath,
} from "../components/flag_url.ts";
import { LiveStatus } from "../components/live_status.tsx";
import { apiQuery } from "../components/results/results_query.ts";
import { ResultsPage } from "../components/results/results_page.tsx";
import {
  type DifferenceScale,
  scaleOf,
} from "../components/results/results_view.ts";
import { useLive } from "../components/use_live.ts";
import type { FlagEvaluation } from "../engine/evaluation.ts";

/** Props of {@linkcode LiveResults}. */
export interface LiveResultsProps {
  /** The flag as it stood when the page was rendered. */
  evaluation: Carried<FlagEvaluation>;
  scale: DifferenceScale;
  /** The query of the page's address. */
  query: string;
  /** What is wrong with that query. */
  fault: string | null;
  /** When the page was rendered, in epoch milliseconds. */
  now: number;
  /** The way to the flag's other pages. */
  nav: ComponentChildren;
  /** The form that chooses how to look at them. */
  controls: ComponentChildren;
  /** Cost against success. */
  pareto: ComponentChildren;
  /** Every figure of every variant. */
  children: ComponentChildren;
}

/** One flag's decision and results, kept fresh. */
export default function LiveResults(props: LiveResultsProps): JSX.Element {
  const evaluation = useSignal(useCarried(props.evaluation));
  const name = evaluation.value.flag_name;
  const scale = useSignal(props.scale);
  const query = useSignal(new URLSearchParams(props.query));
  const fault = useSignal(props.fault);
  const now = useSignal(props.now);
  const live = useLive(newsPath(name), async (signal) => {
    // The fault stays on the page until another choice is made.
    const asked = fault.value === null ? apiQuery(query.value) : "";
    const path = flagApiPath(name) + asked;
    const answer = await fetchJson(path, isFlagEvaluation, signal);
    evaluation.value = answer.body;
    now.value = answer.now;
  });

  function choose(next: URLSearchParams): void {
    query.value = next;
    scale.value = scaleOf(next.get("scale"));
    fault.value = null;
    history.replaceState(null, "", `?${next}`);
    live.refresh();
  }

  return (
    <>
      <FlagHeading evaluation={evaluation.value} now={now.value}>
        <LiveStatus
          status={live.status.value}
          signInHref={signInPath(flagPagePath(name))}
          onPaused={live.setPaused}
        />
      </FlagHeading>
      {props.nav}
      <ResultsPage
        evaluation={evaluation.value}
        scale={scale.value}
        query={query.value}
        fault={fault.value}
        onChange={choose}
        controls={props.controls}
        pareto={props.pareto}
      >
        {props.children}
      </ResultsPage>
    </>
  );
}
