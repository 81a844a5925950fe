/** Thirty incidents in a real repository, and what else came to its branch in that month. */
import { remit, remitMessage, repositoryOf, running, type Told } from "./incidents-world.ts";

export const day = (index: number) => String(index + 1).padStart(2, "0");

interface Rollback {
  readonly service?: string;
  /** `10:00` of the incident's day unless said otherwise: when the bad change came, was detected and taken back. */
  readonly times?: readonly [bad: string, detected: string, merged: string];
  readonly tag?: string;
  readonly tier?: string;
  readonly written?: string;
  readonly mergedAs?: string;
}

/** A bad change and Remit's rollback of it. */
function rolledBack(index: number, told: Rollback = {}): Told[] {
  const { service = `s${index}`, tag = "v2", tier = "merge", written, mergedAs } = told;
  const [bad, detected, merged] = (told.times ?? ["10:00", "10:05", "10:10"]).map((time) => `${day(index)}T${time}`);
  if (bad === undefined || detected === undefined || merged === undefined) throw new Error("a time is missing");
  return [
    { at: bad, message: `${service} ${tag}`, files: running(service, tag) },
    {
      at: merged,
      ...(written === undefined ? {} : { written: `${day(index)}T${written}` }),
      message: remitMessage(`Roll back ${service} to v1`, {
        incident: `i${index}`,
        service,
        tier,
        detected,
        change: `a${index}..b${index}`,
      }),
      author: remit,
      files: running(service, "v1"),
      ...(mergedAs === undefined ? {} : { mergedAs }),
    },
  ];
}

/** More replicas for two hours. */
function scaled(index: number): Told[] {
  const service = `s${index}`;
  const at = (time: string) => `${day(index)}T${time}`;
  const common = { service, tier: "merge" };
  const fix = { ...common, incident: `i${index}`, action: "scale", detected: at("10:05"), expires: at("12:10") };
  const end = { ...common, incident: `lease-${index}`, action: "undo", detected: at("12:10") };
  return [
    {
      at: at("10:10"),
      message: remitMessage(`Scale ${service}`, fix),
      author: remit,
      files: running(service, "v1", 4),
    },
    { at: at("12:15"), message: remitMessage(`End ${service}`, end), author: remit, files: running(service, "v1", 2) },
  ];
}

export const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const incidents: Told[] = [
  // Twelve that Remit squashed.
  ...range(0, 11).flatMap((index) => rolledBack(index)),
  // Six after a delay, rebased. The last hits the service of the first again, seventeen days later.
  ...range(12, 17).flatMap((index) =>
    rolledBack(index, {
      tier: "delay",
      times: ["10:00", "10:10", "10:25"],
      written: "10:12",
      ...(index === 17 ? { service: "s0", tag: "v3" } : {}),
    }),
  ),
  // Five that people merged, without a word in the merge commit.
  ...range(18, 22).flatMap((index) =>
    rolledBack(index, {
      tier: "propose",
      times: ["10:00", "10:20", "11:20"],
      written: "10:21",
      mergedAs: `Merge pull request #${index} from shop/remit/rollback/s${index}/0123456789ab`,
    }),
  ),
  ...scaled(23),
  ...scaled(24),
  // Didn't help: taken back after half an hour.
  ...rolledBack(25),
  {
    at: "26T10:40",
    message: remitMessage("Undo the rollback of s25", {
      incident: "i25",
      service: "s25",
      action: "undo",
      detected: "26T10:05",
      change: "b25..a25",
    }),
    author: remit,
    files: running("s25", "v2"),
  },
  // A person took it back after ten hours.
  ...rolledBack(26),
  { at: "27T20:10", message: 'Revert "Roll back s26 to v1"', files: running("s26", "v2") },
  // The service of six days ago, and once more after forty minutes.
  ...rolledBack(27, { service: "s21", tag: "v3" }),
  ...rolledBack(27, { service: "s21", tag: "v4", times: ["10:40", "10:45", "10:50"] }).map((told) => ({
    ...told,
    message: told.message.replace("i27", "i28").replace("a27..b27", "a28..b28"),
  })),
  // In the last hour of the month.
  ...rolledBack(29, { times: ["23:25", "23:30", "23:35"] }),
];

const byPeople: Told[] = range(0, 4).flatMap((index) => [
  { at: `${day(3 * index)}T15:00`, message: `p${index} v2`, files: running(`p${index}`, "v2") },
  { at: `${day(3 * index)}T15:45`, message: `Revert "p${index} v2"`, files: running(`p${index}`, "v1") },
]);

const good: Told[] = range(0, 19).map((index) => {
  const at = `${day(index)}T08:00`;
  const change = { at, message: `good v${index + 2}`, files: running("good", `v${index + 2}`) };
  return index < 10
    ? { ...change, written: `${day(index)}T06:00` }
    : { ...change, written: `${day(index)}T02:00`, mergedAs: `Merge branch 'good-${index}'` };
});

const prose: Told[] = range(0, 2).map((index) => ({
  at: `${day(index)}T09:00`,
  message: "Say more",
  files: { "README.md": `Words ${index}\n` },
}));

const services = [...range(0, 29).map((index) => `s${index}`), ...range(0, 4).map((index) => `p${index}`), "good"];

export const repositoryOfAll = () => {
  const root = Object.assign({}, ...services.map((service) => running(service, "v1")));
  return repositoryOf(root, [...incidents, ...byPeople, ...good, ...prose]);
};

export const october = ["--since", "2026-10-01", "--until", "2026-10-31"];
