import type { PageProps } from "fresh";

export default function Docs({ params }: PageProps) {
  return <p>{JSON.stringify(params)}</p>;
}
