import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { flagApiPath, flagPagePath } from "../components/flag_url.ts";
import { SetupSteps } from "../components/setup/setup_steps.tsx";
import type { SetupFlag } from "../engine/setup_flag.ts";

const ASK_EVERY_MS = 2_000;

/** Props of {@linkcode LiveSetup}. */
export interface LiveSetupProps {
  /** The server's address. */
  server: string;
  flag: SetupFlag;
  /** Whether the flag has an assignment already. */
  known: boolean;
}

/** How to send a first assignment; says when it has come. */
export default function LiveSetup(
  { server, flag, known }: LiveSetupProps,
): JSX.Element {
  const state = useSignal<"waiting" | "come" | "static">(
    known ? "come" : "static",
  );

  useEffect(() => {
    if (known) return;
    state.value = "waiting";
    const timer = setInterval(async () => {
      if (document.hidden) return;
      // No answer is no assignment; it is asked again.
      const answer = await fetch(flagApiPath(flag.name)).catch(() => null);
      await answer?.body?.cancel();
      if (!answer?.ok) return;
      state.value = "come";
      clearInterval(timer);
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <SetupSteps server={server} flag={flag}>
      <p class="setup-state card" role="status">
        {state.value === "come"
          ? (
            <>
              <span aria-hidden="true">✓</span> Assignments come in.{" "}
              <a href={flagPagePath(flag.name)}>See the results</a>
            </>
          )
          : state.value === "waiting"
          ? "Waiting for the first assignment…"
          : "Reload this page once the program has run."}
      </p>
    </SetupSteps>
  );
}
