import type { PageProps } from "fresh";

export default function Layout({ Component, data }: PageProps) {
  return (
    <section data-kind={String(data)}>
      <Component />
    </section>
  );
}
