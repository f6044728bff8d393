import type { JSX } from "preact";

/** Props of {@linkcode TakeAway}. */
export interface TakeAwayProps {
  /** What a link gives, and its address. */
  links: readonly (readonly [label: string, href: string])[];
}

/** What a page shows, as files. */
export function TakeAway({ links }: TakeAwayProps): JSX.Element {
  return (
    <section class="take-away" aria-labelledby="take-away">
      <h2 id="take-away">Export</h2>
      <ul>
        {links.map(([label, href]) => (
          <li key={label}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
