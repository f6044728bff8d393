import type { PageProps } from "fresh";

export default function Doc({ params }: PageProps) {
  return <p>one {params.id}</p>;
}
