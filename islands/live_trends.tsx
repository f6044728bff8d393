import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { fetchJson } from "../components/api_client.ts";
import { isFlagEvaluation } from "../components/api_shapes.ts";
import { isFlagEffects, isFlagTimeline } from "../components/trends_shapes.ts";
import { type Carried, useCarried } from "../components/carried.ts";
import { EffectSection } from "../components/effect/effect_section.tsx";
import { NewUsersSection } from "../components/effect/new_users_section.tsx";
import { FlagHeading } from "../components/flag_heading.tsx";
import {
  effectsApiPath,
  flagApiPath,
  flagPagePath,
  newsPath,
  signInPath,
  timelineApiPath,
} from "../components/flag_url.ts";
import { LiveStatus } from "../components/live_status.tsx";
import { timelineRange } from "../components/timeline_range.ts";
import { TakeAway } from "../components/take_away.tsx";
import { TimelineSection } from "../components/timeline_section.tsx";
import type { TimelineView } from "../components/timeline_view.ts";
import { useLive } from "../components/use_live.ts";
import type { FlagEvaluation, FlagTimeline } from "../engine/evaluation.ts";
import type { FlagEffects } from "../engine/flag_effects.ts";

/** Props of {@linkcode LiveTrends}. */
export interface LiveTrendsProps {
  /** The flag as it stood when the page was rendered. */
  evaluation: Carried<FlagEvaluation>;
  timeline: Carried<FlagTimeline>;
  effects: Carried<FlagEffects>;
  view: TimelineView;
  /** When that was, in epoch milliseconds. */
  now: number;
  /** The way to the flag's other pages. */
  nav: ComponentChildren;
}

/** One flag's figures over time, kept fresh. */
export default function LiveTrends(props: LiveTrendsProps): JSX.Element {
  const evaluation = useSignal(useCarried(props.evaluation));
  const timeline = useSignal(useCarried(props.timeline));
  const effects = useSignal(useCarried(props.effects));
  const name = evaluation.value.flag_name;
  const view = useSignal(props.view);
  const now = useSignal(props.now);
  const live = useLive(newsPath(name), async (signal) => {
    const flag = await fetchJson(flagApiPath(name), isFlagEvaluation, signal);
    const { granularity } = view.value;
    const { from, to } = timelineRange(granularity, flag.now, flag.body);
    const path = timelineApiPath(name, granularity, from, to);
    const series = await fetchJson(path, isFlagTimeline, signal);
    const effect = await fetchJson(effectsApiPath(name), isFlagEffects, signal);
    evaluation.value = flag.body;
    effects.value = effect.body;
    timeline.value = series.body;
    now.value = flag.now;
  });

  function choose(next: TimelineView): void {
    const isOtherRange = next.granularity !== view.value.granularity;
    view.value = next;
    history.replaceState(null, "", `?${new URLSearchParams({ ...next })}`);
    if (isOtherRange) live.refresh();
  }

  const variantNames = evaluation.value.variants.map((v) => v.variant_name);
  const shown = `?${new URLSearchParams({ ...view.value })}`;
  const isLive = live.status.value.kind !== "static";
  return (
    <>
      <FlagHeading flag={evaluation.value} now={now.value}>
        <LiveStatus
          status={live.status.value}
          signInHref={signInPath(flagPagePath(name, "trends"))}
          onPaused={live.setPaused}
        />
      </FlagHeading>
      {props.nav}
      <EffectSection effects={effects.value} variantNames={variantNames} />
      <TimelineSection
        timeline={timeline.value}
        view={view.value}
        variantNames={variantNames}
        now={now.value}
        onChange={isLive ? choose : undefined}
      />
      <NewUsersSection
        effects={effects.value}
        variantNames={variantNames}
        now={now.value}
      />
      <TakeAway
        links={[
          ["Figures over time as CSV", `${shown}&format=csv`],
          ["Effect over time as CSV", `${shown}&format=csv&table=effect`],
          ["Both as JSON", `${shown}&format=json`],
        ]}
      />
    </>
  );
}
