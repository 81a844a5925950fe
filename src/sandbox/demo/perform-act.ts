/** Does what people, customers and time do in a scenario. */
import type { Act } from "./scenario.ts";
import type { DemoWorld } from "./start-demo.ts";
import { troubledService } from "./start-shop-cluster.ts";

export async function performAct(act: Act, { options, github, cluster }: DemoWorld): Promise<void> {
  const { story, clock } = options;
  switch (act.kind) {
    case "commit": {
      const { author, message, files } = act.commit(clock.now());
      story.add({ event: "released", actor: "person", message: `${author} merges “${message}”` });
      await github.commitAs(author, { branch: "main", message, files });
      return;
    }
    case "traffic":
      story.add({ event: "traffic", actor: "traffic", message: act.message, data: { load: act.load } });
      cluster.ask(troubledService, act.load);
      return;
    case "later":
      clock.jump(act.ms);
      story.add({ event: "later", actor: "clock", message: `${act.words} pass`, data: { words: act.words } });
  }
}
