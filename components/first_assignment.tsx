import type { JSX } from "preact";
import { CopyButton } from "./copy_button.tsx";
import { firstAssignmentCode } from "./first_assignment_code.ts";

/** Props of {@linkcode FirstAssignment}. */
export interface FirstAssignmentProps {
  /** The server's address. */
  server: string;
}

/** What to do while there is no flag yet. */
export function FirstAssignment(
  { server }: FirstAssignmentProps,
): JSX.Element {
  const code = firstAssignmentCode(server);
  return (
    <section class="card first-assignment" aria-labelledby="first">
      <h2 id="first">No flag has an assignment yet</h2>
      <p>
        A flag appears here with its first assignment. Save this as{" "}
        <code>first.ts</code> and run it with{" "}
        <code>deno run --allow-net first.ts</code>. If this server asks for a
        key, add <code>apiKey</code> beside <code>server</code>.
      </p>
      <div class="code">
        <div class="code-bar">
          <span>first.ts</span>
          <CopyButton text={code} />
        </div>
        <pre
          tabIndex={0}
          role="region"
          aria-label="first.ts"
          dir="ltr"
        ><code>{code}</code></pre>
      </div>
    </section>
  );
}
