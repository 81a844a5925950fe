/** Can this be a branch's name, by git's own rules, with nothing in it that git would read as an expression? */
export function safeBranch(name: string): boolean {
  return (
    // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids them in names
    /^[^\u0000-\u0020\u007f~^:?*[\\]+$/.test(name) &&
    !/^[-/]|\/$|\.$|\/\/|\.\.|@\{|(?:^|\/)\.|\.lock(?:\/|$)/.test(name) &&
    name !== "@" &&
    name.length <= 255
  );
}
