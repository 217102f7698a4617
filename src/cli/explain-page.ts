import { encodePng } from "../data/index.js";
import { type Stage, stageCaptions } from "../read/index.js";

/** One picture of a page: its stages in order, and what was read. */
export interface Explained {
  readonly name: string;
  /** What was read, in words. */
  readonly answer: string;
  readonly stages: readonly Stage[];
}

/** A page that shows how pictures became what the model saw; everything is inside the one file. */
export async function explainPage(pictures: readonly Explained[]): Promise<string> {
  const sections: string[] = [];
  for (const { name, answer, stages } of pictures) {
    const figures = await Promise.all(stages.map(figure));
    sections.push(
      `<section><h2>${escapeHtml(name)}: ${escapeHtml(answer)}</h2><ol>${figures.join("")}</ol></section>`,
    );
  }
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>How pictures were read</title>
<style>
:root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
ol { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0; }
li { width: 14rem; }
img { background: #777; height: 14rem; image-rendering: pixelated; object-fit: contain; width: 14rem; }
</style>
<h1>How pictures were read</h1>
${sections.join("\n")}
</html>
`;
}

async function figure({ name, width, height, pixels }: Stage): Promise<string> {
  const png = Buffer.from(await encodePng(pixels, { width, height })).toString("base64");
  const size = `${width} × ${height}`;
  return `<li><figure style="margin:0"><img alt="${name}" src="data:image/png;base64,${png}"><figcaption>${stageCaptions[name]} (${size})</figcaption></figure></li>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
