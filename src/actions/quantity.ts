/** Kubernetes quantities of CPU (cores) and memory (bytes): what they amount to, and how the file spells them. Pure. */

const units: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** These are large, so that parts of them are written: `1.5Gi`. */
const divided: ReadonlySet<string> = new Set(["G", "T", "Gi", "Ti"]);

export interface Quantity {
  /** Cores or bytes. */
  readonly amount: number;
  readonly unit: string;
}

/** undefined for what isn't spelled so, exponents included. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, number, unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  const size = units[unit];
  if (number === undefined || size === undefined) return undefined;
  const amount = Number((Number(number) * size).toPrecision(15));
  return amount > 0 ? { amount, unit } : undefined;
}

/** In the unit of `like`, to a hundredth where the unit is divided and to a whole otherwise. `round`: which way. */
export function spellQuantity(amount: number, unit: string, resource: "cpu" | "memory", round: "up" | "down"): string {
  const steps = divided.has(unit) || (unit === "" && resource === "cpu") ? 100 : 1;
  const exact = Number(((amount / (units[unit] ?? 1)) * steps).toPrecision(12));
  const whole = round === "up" ? Math.ceil(exact) : Math.floor(exact);
  return `${whole / steps}${unit}`;
}
