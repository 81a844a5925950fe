const units = [
  { ms: 24 * 60 * 60_000, name: "day" },
  { ms: 60 * 60_000, name: "hour" },
  { ms: 60_000, name: "minute" },
  { ms: 1_000, name: "second" },
] as const;

/** A length of time in words for people, in its largest unit from two on: `7 minutes`, `36 hours`, `1 second`. */
export function span(ms: number): string {
  const length = Math.max(0, ms);
  const unit = units.find(({ ms: size }) => length >= 2 * size) ?? { ms: 1_000, name: "second" };
  const count = Math.floor(length / unit.ms);
  return `${count} ${unit.name}${count === 1 ? "" : "s"}`;
}
