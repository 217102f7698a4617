import { html, type Markup } from "./html.js";
import { reportStyle } from "./style.js";

/** A part of a page under a heading of its own. */
export interface Section {
  readonly title: string;
  readonly content: Markup;
}

export function section(title: string, content: Markup): Section {
  return { title, content };
}

/** A whole HTML file: title, headline figures, and sections behind a list of links. */
export function page({
  title,
  subtitle,
  style,
  headline,
  sections,
}: {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** Beyond what all pages have. */
  readonly style: Markup | undefined;
  readonly headline: Markup;
  readonly sections: readonly Section[];
}): string {
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Inkling</title>
${reportStyle}
${style}
</head>
<body>
<header>
<h1>${title}</h1>
${subtitle === undefined ? undefined : html`<p class="quiet">${subtitle}</p>`}
</header>
<main>
${headline}
<nav aria-label="Sections"><ul>${sections.map(
    (part) => html`<li><a href="#${idOf(part)}">${part.title}</a></li>
`,
  )}</ul></nav>
${sections.map(
  (part) => html`<section id="${idOf(part)}" aria-labelledby="${idOf(part)}-heading">
<h2 id="${idOf(part)}-heading">${part.title}</h2>
${part.content}
</section>
`,
)}</main>
</body>
</html>
`;
  return text.text;
}

/** `Training and test` → `training-and-test` */
function idOf({ title }: Section): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
