import type { Page } from "@playwright/test";
import { putText } from "./support/changes.ts";
import { open } from "./support/checks.ts";
import { text } from "./support/definition.ts";
import { everySection } from "./support/everything.ts";
import { expect, test } from "./support/fixtures.ts";
import { type Focused, focused, traceOfKeys, wentBack } from "./support/keyboard.ts";

test.use({ as: "administrator", trace: traceOfKeys });

const where = ({ tag, id, name }: Focused) => `${tag}#${id} "${name}"`;

/** Goes through the form from its first control to the end of the page, and opens what is closed: of the
 * containers the first one's, as all have the same folds. */
async function walk(page: Page): Promise<Focused[]> {
  const way: Focused[] = [];
  const back: string[] = [];
  await page.getByRole("button", { name: "Template…", exact: true }).focus();
  for (let last = await focused(page); ; ) {
    // Behind the last control the browser's own bars follow.
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (!now || now.part === "page" || now.part === "dialog[open]") {
      if (way.length > 100) return check(way, back);
    } else {
      way.push(now);
      if (last && wentBack(last, now)) back.push(`${where(last)} to ${where(now)}`);
      last = now;
      // An editor with an offer would take Tab for it.
      if (now.tag === "textarea") await page.keyboard.press("Escape");
      if (now.closed && now.container <= 0) {
        await page.keyboard.press("Enter");
        await expect.poll(async () => (await focused(page))?.closed).toBe(false);
      }
    }
    expect(way.length, "the form has no end").toBeLessThan(600);
  }
}

function check(way: Focused[], back: string[]): Focused[] {
  const hidden = way.filter(({ hidden }) => hidden !== "").map((one) => `${where(one)} is ${one.hidden}`);
  expect.soft(hidden, "what has the focus is in sight").toEqual([]);
  expect.soft(way.filter(({ name }) => name === "").map(where), "what has the focus has a name").toEqual([]);
  expect.soft(back, "the focus goes down the page").toEqual([]);
  return way;
}

/** The same way backwards. */
async function walkBack(page: Page, steps: number): Promise<void> {
  const hidden: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("Shift+Tab");
    const now = await focused(page);
    if (now && now.hidden !== "") hidden.push(`${where(now)} is ${now.hidden}`);
  }
  expect.soft(hidden, "what has the focus is in sight on the way back").toEqual([]);
}

for (const [size, viewport] of [
  ["wide", { width: 1440, height: 900 }],
  ["narrow", { width: 390, height: 844 }],
] as const) {
  test.describe(`on a ${size} screen`, () => {
    test.use({ viewport });

    test(`all of the form is walked by Tab on a ${size} screen, forth and back`, async ({ page }) => {
      test.setTimeout(480_000);
      await open(page, "/task-definitions/new");
      // Written as text, whichever view is in sight.
      await putText(text(page), JSON.stringify(everySection(), null, 2));
      await expect(page.getByRole("article")).toHaveCount(4);
      const way = await walk(page);
      const ids = new Set(way.map(({ id }) => id));
      for (const id of ["family", "cpu", "containerDefinitions.0.image", "volumes.0.name", "tags.0.key"]) expect(ids).toContain(id);
      expect(way.some(({ name }) => name === "Register")).toBe(true);
      await walkBack(page, way.length);
    });
  });
}
