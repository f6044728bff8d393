import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { fetchJson } from "../components/api_client.ts";
import { isFlagEvaluation } from "../components/api_shapes.ts";
import { FlagHeading, type FlagTimes } from "../components/flag_heading.tsx";
import {
  flagApiPath,
  flagPagePath,
  newsPath,
  signInPath,
} from "../components/flag_url.ts";
import { LiveStatus } from "../components/live_status.tsx";
import { apiQuery, formQuery } from "../components/results/results_query.ts";
import { showResults } from "../components/results/show_results.tsx";
import { useParetoSection } from "../components/results/use_pareto_section.ts";
import { useVariantTable } from "../components/results/use_variant_table.ts";
import { useLive } from "../components/use_live.ts";
import type { FlagEvaluation } from "../engine/evaluation.ts";

/** Props of {@linkcode LiveResults}. */
export interface LiveResultsProps {
  /** The flag as it stood when the page was rendered. */
  flag: FlagTimes;
  /** The query of the page's address. */
  query: string;
  /** What is wrong with that query. */
  fault: string | null;
  /** When the page was rendered, in epoch milliseconds. */
  now: number;
}

/**
 * The heading of a flag's results, which keeps them fresh below it: the first
 * figures that come take over what the server rendered.
 */
export default function LiveResults(props: LiveResultsProps): JSX.Element {
  const flagName = props.flag.flag_name;
  const evaluation = useSignal<FlagEvaluation | null>(null);
  const query = useSignal(new URLSearchParams(props.query));
  const fault = useSignal(props.fault);
  const now = useSignal(props.now);
  const Table = useVariantTable().value;
  const Pareto = useParetoSection().value;
  const live = useLive(newsPath(flagName), async (signal) => {
    // The fault stays on the page until another choice is made.
    const asked = fault.value === null ? apiQuery(query.value) : "";
    const path = flagApiPath(flagName) + asked;
    const answer = await fetchJson(path, isFlagEvaluation, signal);
    evaluation.value = answer.body;
    now.value = answer.now;
  });

  useEffect(() => {
    const choose = ({ target }: Event): void => {
      const form = target instanceof Element && target.closest("form");
      if (!form) return;
      const kept = fault.value === null ? query.value : new URLSearchParams();
      query.value = formQuery(form, kept);
      fault.value = null;
      history.replaceState(null, "", `?${query.value}`);
      live.refresh();
    };
    document.addEventListener("change", choose);
    return () => document.removeEventListener("change", choose);
  }, []);

  const current = evaluation.value;
  useLayoutEffect(() => {
    if (current === null) return;
    showResults({
      evaluation: current,
      query: query.value,
      fault: fault.value,
      Table,
      Pareto,
    });
  }, [current, query.value, fault.value, Table, Pareto]);

  const status = live.status.value;
  return (
    <FlagHeading flag={current ?? props.flag} now={now.value}>
      <LiveStatus
        status={current === null && status.kind === "live"
          ? { kind: "static" }
          : status}
        signInHref={signInPath(flagPagePath(flagName))}
        onPaused={live.setPaused}
      />
    </FlagHeading>
  );
}
