/** An SVG that stands alone: legible on light and on dark ground, with words for those who don't see it. */

export interface Frame {
  readonly title: string;
  /** What the picture shows, in full: every number of it. */
  readonly description: string;
  readonly height: number;
  /** Markup; texts in it have gone through `text`. */
  readonly content: readonly string[];
  /** A part of a page that has its heading, its ground and its colors: `id` tells it from others there. */
  readonly inPage?: { readonly id: string; readonly wide: number };
}

export const width = 760;

const style = `
    .plot { font: 13px system-ui, sans-serif; }
    .ground { fill: #ffffff; } .word { fill: #1f2328; } .quiet { fill: #59636e; } .grid { stroke: #d1d9e0; }
    .line { stroke: #0550ae; } .mark { fill: #0550ae; } .good { fill: #0550ae; } .bad { fill: #cf222e; } .ours { fill: #8250df; }
    .title { font-size: 16px; font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; } .word { fill: #f0f6fc; } .quiet { fill: #9198a1; } .grid { stroke: #3d444d; }
      .line { stroke: #79c0ff; } .mark { fill: #79c0ff; } .good { fill: #79c0ff; } .bad { fill: #ff7b72; } .ours { fill: #d2a8ff; }
    }`;

export function frame({ title, description, height, content, inPage }: Frame): string {
  if (inPage !== undefined) {
    const { id, wide } = inPage;
    return `<svg class="plot" id="${id}" viewBox="0 0 ${wide} ${height}" role="img" aria-labelledby="${id}-title ${id}-said">
  <title id="${id}-title">${escaped(title)}</title>
  <desc id="${id}-said">${escaped(description)}</desc>
${lines(content)}
</svg>`;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
  <title id="title">${escaped(title)}</title>
  <desc id="description">${escaped(description)}</desc>
  <style>${style}
  </style>
  <rect class="ground" width="${width}" height="${height}"/>
${lines([text(24, 32, title, "word title"), ...content])}
</svg>
`;
}

function lines(content: readonly string[]): string {
  return content.map((line) => `  ${line}`).join("\n");
}

export function text(x: number, y: number, words: string, classes = "word"): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${classes}">${escaped(words)}</text>`;
}

export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  classes: string,
  thick = 1,
): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${classes}" stroke-width="${thick}"/>`;
}

export function dot(x: number, y: number, classes = "mark"): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="5" class="${classes}"/>`;
}

export function bar(x: number, y: number, wide: number, high: number, classes: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(wide)}" height="${round(high)}" class="${classes}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
