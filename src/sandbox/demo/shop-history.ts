/** How the shop's repository came to be: six weeks of ordinary work by three people, as commits with dates in the past. */
import type { Instant } from "../../clock.ts";
import {
  applicationFile,
  authorityFile,
  autoscaler,
  autoscalerFile,
  baseFiles,
  codeowners,
  flagRunbook,
  flags,
  flagsFile,
  memoryRunbook,
  overlay,
  overlayFile,
  readme,
  resources,
  resourcesFile,
  type ShopEnvironment,
  scaleRunbook,
  shopServices,
  withAutoscaler,
  withFlags,
  withResources,
} from "./shop-files.ts";

export interface ShopCommit {
  readonly author: "alice" | "bob" | "carol";
  readonly date: Instant;
  readonly message: string;
  /** Whole texts of the files that it writes. */
  readonly files: Readonly<Record<string, string>>;
}

const hour = 60 * 60_000;
const day = 24 * hour;

/** Oldest first. Production's checkout runs v1.4.2 since three days; v1.5.0 waits in staging. */
export function shopHistory(now: Instant, tier: "merge" | "propose"): readonly ShopCommit[] {
  const ago = (ms: number) => now - ms;
  return [
    { author: "bob", date: ago(41 * day), message: "Import the shop's manifests", files: firstFiles() },
    {
      author: "carol",
      date: ago(40 * day),
      message: "Describe what lives here",
      files: { "README.md": readme, ".github/CODEOWNERS": codeowners },
    },
    { author: "alice", date: ago(38 * day), message: "Let Argo CD follow main", files: applications() },
    { author: "bob", date: ago(33 * day), message: release("catalog", "v3.2.0"), files: set("catalog", "v3.2.0", 2) },
    {
      author: "alice",
      date: ago(29 * day),
      message: release("checkout", "v1.4.0"),
      files: set("checkout", "v1.4.0", 3),
    },
    {
      author: "carol",
      date: ago(21 * day),
      message: "Give cart more memory\n\nIt was killed twice during the sale.",
      files: baseFiles(shopServices[1] ?? { name: "cart", port: 8081 }, "512Mi"),
    },
    {
      author: "alice",
      date: ago(17 * day),
      message: release("checkout", "v1.4.1"),
      files: set("checkout", "v1.4.1", 3),
    },
    {
      author: "bob",
      date: ago(12 * day),
      message: "Run three replicas of catalog",
      files: set("catalog", "v3.2.0", 3),
    },
    {
      author: "bob",
      date: ago(9 * day),
      message: "Give Remit the authority to roll back in production",
      files: { ".github/remit/authority.yaml": authorityFile(tier) },
    },
    {
      author: "alice",
      date: ago(3 * day + 2 * hour),
      message: release("checkout", "v1.4.2", "staging"),
      files: set("checkout", "v1.4.2", 1, "staging"),
    },
    {
      author: "alice",
      date: ago(3 * day),
      message: release("checkout", "v1.4.2"),
      files: set("checkout", "v1.4.2", 3),
    },
    { author: "bob", date: ago(1 * day), message: release("cart", "v2.8.1"), files: set("cart", "v2.8.1", 2) },
    {
      author: "alice",
      date: ago(2 * hour),
      message: release("checkout", "v1.5.0", "staging"),
      files: set("checkout", "v1.5.0", 1, "staging"),
    },
  ];
}

/** What checkout has in production beside the plain shop, since a week ago. */
interface Addition {
  readonly author: ShopCommit["author"];
  readonly message: string;
  /** Runbook and whatever the overlay draws in. */
  readonly files: ShopCommit["files"];
  /** What Remit may do by it. */
  readonly actions: readonly string[];
  readonly overlay: (text: string) => string;
}

/** The same, and checkout's features in production can be switched by a file. */
export const shopHistoryWithFlags = historyWith({
  author: "carol",
  message: "Let checkout's features be switched in git",
  files: {
    [flagsFile("checkout", "production")]: flags(false),
    ".github/remit/runbooks/errors-after-a-change.yaml": flagRunbook,
  },
  actions: ["flag", "rollback"],
  overlay: (text) => withFlags(text, "checkout"),
});

/** The same, and an autoscaler decides how many pods checkout has in production. */
export const shopHistoryWithAutoscaler = historyWith({
  author: "bob",
  message: "Let an autoscaler decide how many pods checkout has",
  files: {
    [autoscalerFile("checkout", "production")]: autoscaler("checkout"),
    ".github/remit/runbooks/overload.yaml": scaleRunbook,
  },
  actions: ["scale", "rollback"],
  overlay: withAutoscaler,
});

/** The same, and production has memory of its own for checkout. */
export const shopHistoryWithResources = historyWith({
  author: "carol",
  message: "Give checkout memory of its own in production",
  files: {
    [resourcesFile("checkout", "production")]: resources("checkout", "256Mi"),
    ".github/remit/runbooks/out-of-memory.yaml": memoryRunbook,
  },
  actions: ["resize", "rollback"],
  overlay: withResources,
});

function historyWith(addition: Addition): typeof shopHistory {
  const file = overlayFile("checkout", "production");
  return (now, tier) => {
    const since = now - 7 * day;
    const commits = shopHistory(now, tier).map(({ files, ...commit }) => {
      const text = files[file];
      const isLater = text !== undefined && commit.date >= since;
      return { ...commit, files: isLater ? { ...files, [file]: addition.overlay(text) } : files };
    });
    const before = commits.filter(({ date }) => date < since);
    const added: ShopCommit = {
      author: addition.author,
      date: since,
      message: addition.message,
      files: {
        [file]: addition.overlay(overlay("checkout", "production", "v1.4.1", 3)),
        ...addition.files,
        ".github/remit/authority.yaml": authorityFile(tier, addition.actions).replace("version: 1", "version: 2"),
      },
    };
    return [...before, added, ...commits.slice(before.length)];
  };
}

/** The switch that breaks production. */
export function badFlag(now: Instant): ShopCommit {
  const files = { [flagsFile("checkout", "production")]: flags(true) };
  return { author: "carol", date: now, message: "Switch express checkout on in production", files };
}

/** The commit that breaks production. */
export function badRelease(now: Instant): ShopCommit {
  return { author: "alice", date: now, message: release("checkout", "v1.5.0"), files: set("checkout", "v1.5.0", 3) };
}

function release(service: string, version: string, environment: ShopEnvironment = "production"): string {
  return `Release ${service} ${version} to ${environment}`;
}

function set(service: string, version: string, replicas: number, environment: ShopEnvironment = "production") {
  return { [overlayFile(service, environment)]: overlay(service, environment, version, replicas) };
}

function firstFiles(): Record<string, string> {
  const versions: Readonly<Record<string, string>> = { checkout: "v1.3.9", cart: "v2.7.0", catalog: "v3.1.4" };
  return Object.assign(
    {},
    ...shopServices.flatMap((service) => [
      baseFiles(service, "256Mi"),
      set(service.name, versions[service.name] ?? "v1.0.0", 2),
      set(service.name, versions[service.name] ?? "v1.0.0", 1, "staging"),
    ]),
  );
}

function applications(): Record<string, string> {
  return Object.assign(
    {},
    ...shopServices.flatMap(({ name }) => [applicationFile(name, "staging"), applicationFile(name, "production")]),
  );
}
