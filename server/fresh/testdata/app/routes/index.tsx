import { signal } from "@preact/signals";
import { Head } from "fresh/runtime";
import Counter from "../islands/counter.tsx";
import Disclosure from "../islands/disclosure.tsx";
import { Values } from "../islands/values.tsx";

export default function Home() {
  const shared = signal(3);
  return (
    <main>
      <Head>
        <title>Home</title>
      </Head>
      <Counter count={shared} label="one" />
      <Counter count={shared} label="two">
        <em class="slot">slot</em>
        <Counter count={shared} label="inner" />
      </Counter>
      <Disclosure>
        <strong>hidden</strong>
        <Counter count={shared} label="late" />
      </Disclosure>
      <Values
        date={new Date(0)}
        big={1n}
        map={new Map([["a", 1]])}
        text="</script><!--"
      />
    </main>
  );
}
