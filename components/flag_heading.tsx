import type { ComponentChildren, JSX } from "preact";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import { Instant } from "./instant.tsx";
import { TimeAgo } from "./time_ago.tsx";

/** A flag's name, and when there was anything about it. */
export type FlagTimes = Pick<
  FlagEvaluation,
  "flag_name" | "first_seen" | "last_seen"
>;

/** Props of {@linkcode FlagHeading}. */
export interface FlagHeadingProps {
  flag: FlagTimes;
  /** Epoch milliseconds. */
  now: number;
  /** How fresh it all is. */
  children?: ComponentChildren;
}

/** A flag's name, and since when and until when there is anything about it. */
export function FlagHeading(
  { flag, now, children }: FlagHeadingProps,
): JSX.Element {
  const { flag_name, first_seen, last_seen } = flag;
  return (
    <header class="page-head">
      <nav aria-label="Breadcrumb">
        <a href="/">Flags</a>
      </nav>
      <div class="page-title">
        <h1>
          <bdi class="name">{flag_name}</bdi>
        </h1>
        {children}
      </div>
      <dl class="facts">
        <div>
          <dt>First seen</dt>
          <dd>
            <Instant time={first_seen} />
          </dd>
        </div>
        <div>
          <dt>Last seen</dt>
          <dd>
            <Instant time={last_seen} />{" "}
            <span class="number">
              · <TimeAgo time={last_seen} now={now} />
            </span>
          </dd>
        </div>
      </dl>
    </header>
  );
}
