import type { JSX } from "preact";

/** Props of {@linkcode PageHeader}. */
export interface PageHeaderProps {
  /** Whether there is a session to end. */
  signedIn: boolean;
}

/** The bar above every page. */
export function PageHeader({ signedIn }: PageHeaderProps): JSX.Element {
  return (
    <header class="site-head">
      <a class="brand" href="/">
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <path class="brand-a" d="M4 26 12 7l8 19" />
          <path class="brand-b" d="M14 26 20 13l8 13" stroke-dasharray="4 3" />
        </svg>
        modelab
      </a>
      {signedIn && (
        <form method="post" action="/sign-out">
          <button type="submit" class="quiet">Sign out</button>
        </form>
      )}
    </header>
  );
}
