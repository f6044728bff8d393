import type { AnalysisRequest } from "../../../engine/analysis/resolve_options.ts";
import { peek } from "../../../engine/analysis/testing/peeking.ts";
import type { Behaviour } from "../../../engine/analysis/testing/simulated_users.ts";
import type { SimulatedFigure, SimulationCheck } from "./simulated_figure.ts";

/** Calls of one user are alike, and users make one to three of them. */
const PLAIN: Behaviour = {
  rate: 0.5,
  assignments: 2,
  spread: 0.3,
  latency: null,
};

const LOOKS = 20;

interface Experiment {
  readonly title: string;
  readonly control?: Partial<Behaviour>;
  readonly treatment?: Partial<Behaviour>;
  readonly users?: number;
  readonly request?: AnalysisRequest;
  /** Bounds of how often it is shipped, and how often the control is kept. */
  readonly ship: Pick<SimulatedFigure, "min" | "max">;
  readonly keep?: Pick<SimulatedFigure, "min" | "max">;
}

/** Whole analyses, each followed to the first decision that ends it. */
function decides(
  { title, control, treatment, users = 2000, request = {}, ship, keep = {} }:
    Experiment,
): SimulationCheck {
  return {
    title: `decisions at ${LOOKS} looks: ${title}, ${users} users an arm`,
    run: (replicates) => {
      // An analysis of everything, at every look, takes its time.
      const runs = Math.ceil(replicates / 10);
      const found = peek({
        control: { ...PLAIN, ...control },
        treatment: { ...PLAIN, ...treatment },
        runs,
        looks: LOOKS,
        users,
        seed: 1,
        request,
      });
      const figure = (
        label: string,
        count: number,
        bounds: Pick<SimulatedFigure, "min" | "max">,
      ): SimulatedFigure => ({
        label,
        value: count / runs,
        trials: runs,
        ...bounds,
      });
      return [
        figure("shipped", found.ship, ship),
        figure("control kept", found.keep_control, keep),
        figure("said to be broken", found.fix_experiment, { max: 0.001 }),
      ];
    },
  };
}

const HALF_THE_COST = { cost: 0.001 };
const MARGIN = { margin: { kind: "relative", value: 0.1 } } as const;

/** How often whole decisions are right. */
export const DECISIONS: readonly SimulationCheck[] = [
  decides({ title: "equal arms, 50%", ship: { max: 0.05 } }),
  decides({
    title: "equal arms, 5%",
    control: { rate: 0.05 },
    treatment: { rate: 0.05 },
    ship: { max: 0.05 },
  }),
  decides({
    title: "equal arms, 50%, at fixed intervals",
    request: { interval: "fixed" },
    ship: { min: 0.1 },
  }),
  decides({
    title: "50% against 58%",
    treatment: { rate: 0.58 },
    ship: { min: 0.75 },
    keep: { max: 0.05 },
  }),
  decides({
    title: "58% against 50%",
    control: { rate: 0.58 },
    ship: { max: 0.001 },
    keep: { min: 0.75 },
  }),
  decides({
    title: "50% against 58%, with errors up from 2% to 8%",
    treatment: { rate: 0.58, errors: 0.08 },
    ship: { max: 0.01 },
    keep: { min: 0.9 },
  }),
  decides({
    title: "as good at half the cost, margin 10%",
    control: { rate: 0.8 },
    treatment: { rate: 0.8, ...HALF_THE_COST },
    users: 3000,
    request: MARGIN,
    ship: { min: 0.8 },
  }),
  decides({
    title: "worse by the whole margin at half the cost",
    control: { rate: 0.8 },
    treatment: { rate: 0.72, ...HALF_THE_COST },
    users: 3000,
    request: MARGIN,
    ship: { max: 0.05 },
  }),
];
