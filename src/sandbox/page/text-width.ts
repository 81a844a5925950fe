/** About how wide a chart's label is, in the units of its drawing: a server measures no text. Rather too wide than too narrow. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[A-Z_=mw×%]/.test(character) ? wide : narrow), 0);
}

const narrow = 6.4;
const wide = 9;
