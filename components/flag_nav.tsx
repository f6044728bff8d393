import type { JSX } from "preact";
import { type FlagPage, flagPagePath } from "./flag_url.ts";

const PAGES: readonly (readonly [page: FlagPage, label: string])[] = [
  ["flags", "Results"],
  ["trends", "Over time"],
  ["distributions", "Distributions"],
  ["health", "Health"],
  ["records", "Records"],
  ["setup", "Setup"],
];

/** Props of {@linkcode FlagNav}. */
export interface FlagNavProps {
  flagName: string;
  current: FlagPage;
}

/** Leads from one page of a flag to the others. */
export function FlagNav({ flagName, current }: FlagNavProps): JSX.Element {
  return (
    <nav class="flag-nav" aria-label="Pages of this flag">
      <ul>
        {PAGES.map(([page, label]) => (
          <li key={page}>
            <a
              href={flagPagePath(flagName, page)}
              aria-current={page === current ? "page" : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
