export default function About() {
  return (
    <nav>
      <a href="/">Home</a> <a href="/about">About</a>
    </nav>
  );
}
