/** The same thing with a few of its methods replaced. */
export function overlay<T extends object>(whole: T, replaced: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in replaced ? replaced : target, name);
      return typeof value === "function" && !(name in replaced) ? value.bind(target) : value;
    },
  });
}
