/** How names are compared that people spell in several ways: `Check_Out` is `check-out`. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
