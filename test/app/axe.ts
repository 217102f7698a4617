import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds against WCAG 2.2 A and AA and good practice: the rule, and where it is broken. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(`axe.run({ rules: { "target-size": { enabled: true } } })`);
  return (results as axe.AxeResults).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`,
  );
}
