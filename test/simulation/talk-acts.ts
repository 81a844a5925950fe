/** What people say and tick where no incident is discussed. */
import { addComment } from "../../src/sandbox/github/acts/comments.ts";
import { editThread } from "../../src/sandbox/github/acts/edit-thread.ts";
import { openIssue } from "../../src/sandbox/github/acts/open-issue.ts";
import { type Person, personNamed } from "../../src/sandbox/github/world/accounts.ts";
import type { World } from "../../src/sandbox/github/world/world.ts";
import type { ActKind, talkActKinds } from "./acts.ts";
import type { Service } from "./shop.ts";

type TalkActKind = (typeof talkActKinds)[number];

interface Talk {
  readonly world: World;
  readonly by: Person;
  readonly service: Service;
  /** How many before it. */
  readonly nth: number;
}

const title = "The shop is slow";

/** Each answers whether there was anything to say it on. */
export const talkActs: ReadonlyMap<ActKind, (talk: Talk) => Promise<boolean>> = new Map<
  TalkActKind,
  (talk: Talk) => Promise<boolean>
>([
  [
    "asks for a change on an issue",
    async ({ world, by, service }) => {
      const known = world.issues.find((issue) => issue.title === title);
      const issue = known ?? openIssue(world, personNamed("carol"), { title, body: null, labels: [] });
      addComment(world, issue, personNamed(by), `/remit rollback ${service} --environment production`);
      return true;
    },
  ],
  [
    "ticks the dashboard",
    async ({ world, by, nth }) => {
      const found = world.issues.find(({ labels, state }) => labels.includes("remit:dashboard") && state === "open");
      const boxes = [...(found?.body?.matchAll(/^- \[[ x]\] .*tick=.*$/gm) ?? [])];
      const box = boxes[nth % Math.max(1, boxes.length)]?.[0];
      if (found?.body === undefined || found.body === null || box === undefined) return false;
      const turned = box.startsWith("- [ ]") ? box.replace("- [ ]", "- [x]") : box.replace("- [x]", "- [ ]");
      await editThread(world, found, personNamed(by), { title: undefined, body: found.body.replace(box, turned) });
      return true;
    },
  ],
]);
