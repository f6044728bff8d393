import { formatTimestamp } from "../timestamp.ts";
import type {
  FlagStatistics,
  VariantStatistics,
} from "../statistics/flag_statistics.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type {
  CheckStatus,
  ConfigPeriod,
  HealthCheck,
  HealthReport,
  SetupPeriod,
} from "./health_report.ts";
import type { Shared } from "./shared.ts";
import { assignAlike, shareAlike, sharesOf } from "./setups.ts";
import { splitOf } from "./split.ts";
import { quotedName } from "./name_text.ts";
import { countText, percentText } from "./text.ts";
import { unmarkedOf } from "./unmarked.ts";
import { usageCheck, usageOf } from "./usage.ts";

/** Where more users than this were in several variants, effects are blurred. */
const MOST_IN_SEVERAL = 0.01;

/**
 * Checks whether the data are sound.
 *
 * @param variants The control first.
 */
export function healthOf(
  statistics: FlagStatistics,
  variants: readonly VariantStatistics[],
  options: AnalysisOptions,
  shared: Shared,
): HealthReport {
  const { split, check } = splitOf(statistics, options);
  const unmarked = unmarkedOf(variants, options, shared);
  const usage = usageOf(variants);
  const configs = configsOf(variants);
  const setups = setupsOf(statistics);
  const checks = [
    check,
    severalCheck(statistics),
    configCheck(variants),
    setupCheck(statistics),
    unmarked.check,
    usageCheck(usage),
  ];
  return {
    status: worstOf(checks),
    checks,
    split,
    users_in_several_variants: Number(statistics.usersInSeveralVariants),
    unmarked: unmarked.unmarked,
    usage,
    configs,
    setups,
  };
}

const SEVERITY: readonly CheckStatus[] = ["ok", "unknown", "warning", "failed"];

function worstOf(checks: readonly HealthCheck[]): CheckStatus {
  const worst = Math.max(
    ...checks.map(({ status }) => SEVERITY.indexOf(status)),
  );
  return SEVERITY[worst] ?? "unknown";
}

function severalCheck(
  { variants, usersInSeveralVariants }: FlagStatistics,
): HealthCheck {
  const several = Number(usersInSeveralVariants);
  const users = variants.reduce((sum, one) => sum + Number(one.users), 0);
  if (several === 0) {
    return {
      check: "users_in_several_variants",
      status: "ok",
      message: "No user was seen in more than one variant.",
    };
  }
  // Each of them is counted in at least two variants.
  const share = several / Math.max(1, users - several);
  return {
    check: "users_in_several_variants",
    status: share > MOST_IN_SEVERAL ? "failed" : "warning",
    message: `${countText(several)} of ${countText(users - several)} users (${
      percentText(share)
    }) were seen in more than one variant: their weights, order or user ids changed, or two services decide differently.`,
  };
}

function configCheck(variants: readonly VariantStatistics[]): HealthCheck {
  const changed = variants.find(({ configs }) => configs.length > 1);
  if (changed === undefined) {
    return {
      check: "config_changed",
      status: "ok",
      message: "Every variant has had one config.",
    };
  }
  const last = changed.configs.at(-1)?.first ?? 0;
  return {
    check: "config_changed",
    status: "failed",
    message: `${
      quotedName(changed.name)
    } has had ${changed.configs.length} configs, the latest since ${
      timeText(last)
    }: its figures mix them. Give a changed variant a new flag.`,
  };
}

function setupCheck({ setups }: FlagStatistics): HealthCheck {
  const answer = (
    status: CheckStatus,
    message: string,
  ): HealthCheck => ({ check: "setup_changed", status, message });
  const [first, ...more] = setups;
  if (first === undefined) {
    return answer("unknown", "No assignment carried the flag's settings.");
  }
  if (more.length === 0) {
    return answer("ok", "The flag has kept its weights and rollout.");
  }
  const moved = more.find((one) => !assignAlike(first, one));
  if (moved !== undefined) {
    return answer(
      "failed",
      `The flag's variants or weights changed on ${
        timeText(moved.first)
      }: users moved between variants, and the days before and after cannot be added up. Start again under a new name.`,
    );
  }
  const shares = sharesOf(first);
  return more.every((one) => shareAlike(shares, sharesOf(one)))
    ? answer("ok", "The rollout changed, and the split stayed as it was.")
    : answer(
      "warning",
      "The rollout changed, and with it the split, since both read the same bucket: the split cannot be tested.",
    );
}

function configsOf(variants: readonly VariantStatistics[]): ConfigPeriod[] {
  return variants.flatMap(({ name, configs }) =>
    configs.map(({ hash, first, last }) => ({
      variant_name: name,
      hash,
      first_seen: isoOf(first),
      last_seen: isoOf(last),
    }))
  );
}

function setupsOf({ setups }: FlagStatistics): SetupPeriod[] {
  return setups.map((setup) => {
    const shares = sharesOf(setup);
    return {
      first_seen: isoOf(setup.first),
      last_seen: isoOf(setup.last),
      rollout_pct: setup.rolloutPct,
      variants: setup.variants.map(({ name, weight }) => ({
        variant_name: name,
        weight,
        share: shares?.get(name) ?? null,
      })),
    };
  });
}

/** "2026-11-20 14:30 UTC", for a sentence. */
function timeText(millis: number): string {
  return `${isoOf(millis).slice(0, 16).replace("T", " ")} UTC`;
}

function isoOf(millis: number): string {
  return formatTimestamp(millis * 1000);
}
