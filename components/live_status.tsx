import type { JSX } from "preact";
import { formatClock } from "./format_time.ts";
import type { PollStatus } from "./poller.ts";

/** Props of {@linkcode LiveStatus}. */
export interface LiveStatusProps {
  status: PollStatus;
  /** Where signing in leads back to. */
  signInHref: string;
  /** Told to leave the figures as they are, or to let them go on. */
  onPaused?: (paused: boolean) => void;
}

/**
 * Whether the figures are fresh. It says nothing new while all goes well, so
 * that a screen reader is not interrupted every two seconds.
 */
export function LiveStatus(
  { status, signInHref, onPaused }: LiveStatusProps,
): JSX.Element {
  const paused = status.kind === "paused";
  const canPause = paused || status.kind === "live" || status.kind === "stale";
  return (
    <div class="live-box">
      <p class={`live live-${status.kind}`} role="status" aria-live="polite">
        {status.kind === "live" && "Live"}
        {paused && "Paused"}
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
      {canPause && onPaused !== undefined && (
        <button
          type="button"
          class="quiet"
          onClick={() => onPaused(!paused)}
        >
          {paused ? "Resume" : "Pause"}
        </button>
      )}
    </div>
  );
}
