import type { ComponentChildren, JSX } from "preact";

/** Props of {@linkcode MessagePage}. */
export interface MessagePageProps {
  title: string;
  children: ComponentChildren;
}

/** A page that has only something to say. */
export function MessagePage(
  { title, children }: MessagePageProps,
): JSX.Element {
  return (
    <main id="main" class="message-page" tabIndex={-1}>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
