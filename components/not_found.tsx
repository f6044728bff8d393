import type { JSX } from "preact";
import { flagPagePath } from "./flag_url.ts";
import { MessagePage } from "./message_page.tsx";

/** Props of {@linkcode NotFound}. */
export interface NotFoundProps {
  /** The flag that was asked for, if it was a flag. */
  flagName?: string | undefined;
}

/** Says that there is no such page, or no such flag. */
export function NotFound({ flagName }: NotFoundProps): JSX.Element {
  if (flagName === undefined) {
    return (
      <MessagePage title="There is no such page">
        <p>
          <a href="/">All flags</a>
        </p>
      </MessagePage>
    );
  }
  return (
    <MessagePage title="There is no such flag">
      <p>
        No flag named <bdi class="name quoted">{flagName}</bdi>{" "}
        has an assignment. A flag appears with its first one.
      </p>
      <p>
        <a href={flagPagePath(flagName, "setup")}>Set it up</a>
      </p>
      <p>
        <a href="/">All flags</a>
      </p>
    </MessagePage>
  );
}
