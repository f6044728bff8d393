import type { ComponentChildren, JSX } from "preact";
import { CodeSample } from "./code_sample.tsx";
import type { SetupFlag } from "../../engine/setup_flag.ts";
import { pythonCode, typescriptCode } from "./setup_code.ts";

/** Props of {@linkcode SetupSteps}. */
export interface SetupStepsProps {
  /** The server's address, as the reader's browser reached it. */
  server: string;
  flag: SetupFlag;
  /** Whether an assignment has come. */
  children: ComponentChildren;
}

/** How to send a flag's first assignment, in TypeScript and in Python. */
export function SetupSteps(
  { server, flag, children }: SetupStepsProps,
): JSX.Element {
  return (
    <section class="setup" aria-labelledby="setup">
      <h2 id="setup">Send an assignment</h2>
      {children}
      <p>
        With TypeScript, save this as <code>first.ts</code>{" "}
        in the directory of this server, and run it there with{" "}
        <code>npx -y deno@2.9.6 run --allow-net first.ts</code>:
      </p>
      <CodeSample file="first.ts" code={typescriptCode(server, flag)} />
      <p>
        With Python, <code>pip install modelab</code> and run this:
      </p>
      <CodeSample file="first.py" code={pythonCode(server, flag)} />
    </section>
  );
}
