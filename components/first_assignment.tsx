import type { JSX } from "preact";
import { EXAMPLE_FLAG } from "./setup/setup_code.ts";
import { SetupSteps } from "./setup/setup_steps.tsx";

/** Props of {@linkcode FirstAssignment}. */
export interface FirstAssignmentProps {
  /** The server's address. */
  server: string;
}

/** What to do while there is no flag yet. */
export function FirstAssignment(
  { server }: FirstAssignmentProps,
): JSX.Element {
  return (
    <SetupSteps server={server} flag={EXAMPLE_FLAG}>
      <p class="card">
        No flag has an assignment yet. A flag appears here with its first one.
      </p>
    </SetupSteps>
  );
}
