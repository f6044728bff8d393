import type { JSX } from "preact";
import { formatClock } from "./format_time.ts";
import type { PollStatus } from "./poller.ts";

/** Props of {@linkcode LiveStatus}. */
export interface LiveStatusProps {
  status: PollStatus;
  /** Where signing in leads back to. */
  signInHref: string;
}

/**
 * Whether the figures are fresh. It says nothing new while all goes well, so
 * that a screen reader is not interrupted every two seconds.
 */
export function LiveStatus(
  { status, signInHref }: LiveStatusProps,
): JSX.Element {
  return (
    <p class={`live live-${status.kind}`} role="status" aria-live="polite">
      {status.kind === "live" && "Live"}
      {status.kind === "stale" &&
        `Not updating since ${formatClock(status.since)}`}
      {status.kind === "signed_out" && (
        <>
          Your session has ended. <a href={signInHref}>Sign in again</a>
        </>
      )}
      {status.kind === "static" && (
        <noscript>Reload the page for newer figures</noscript>
      )}
    </p>
  );
}
