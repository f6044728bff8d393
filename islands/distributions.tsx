import type { JSX } from "preact";
import { type Carried, useCarried } from "../components/carried.ts";
import { DistributionSection } from "../components/distribution/distribution_section.tsx";
import type { FlagAnalysis } from "../engine/analysis/analysis.ts";

/** Props of {@linkcode Distributions}. */
export interface DistributionsProps {
  analysis: Carried<FlagAnalysis>;
  flagName: string;
}

/** How single calls are spread; an island, so that charts fit their room. */
export default function Distributions(
  { analysis: carried, flagName }: DistributionsProps,
): JSX.Element {
  const analysis = useCarried(carried);
  const { distributions } = analysis;
  return (
    <>
      {distributions.length === 0 && (
        <p class="card">
          Nothing to show yet: record calls with their latency and cost.
        </p>
      )}
      {distributions.map((distribution) => (
        <DistributionSection
          key={distribution.metric}
          analysis={analysis}
          flagName={flagName}
          distribution={distribution}
        />
      ))}
    </>
  );
}
