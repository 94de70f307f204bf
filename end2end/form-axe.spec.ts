import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { putText } from "./support/changes.ts";
import { text } from "./support/definition.ts";
import { everySection } from "./support/everything.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).filter({ visible: true }).first().click();

/** The form with a document that says something everywhere, every fold and card of it open. */
async function everythingOpen(page: Page): Promise<void> {
  await open(page, "/task-definitions/new");
  const whole = everySection();
  // One container says it all, and another what is refused: more of them have the same fields.
  const some = whole.containerDefinitions.filter((_, place) => place === 0 || place === 3);
  await putText(text(page), JSON.stringify({ ...whole, containerDefinitions: some }, null, 2));
  await expect(page.getByRole("article")).toHaveCount(2);
  // What is refused is said at the fields only when somebody tries to register.
  await press(page, "Register");
  const closed = page.locator(".form-rest details:not([open]) > summary").filter({ visible: true });
  // A fold that opens may bring another.
  for (; (await closed.count()) > 0; ) await closed.evaluateAll((all) => all.forEach((summary) => (summary as HTMLElement).click()));
  await expect(page.locator(".field-error").first()).toBeVisible();
  await expect(page.locator(".field-remark").first()).toBeVisible();
  for (const heading of ["ECS would refuse", "Works, but not as it says", "Advice"]) {
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  }
}

/** The page itself never scrolls sideways. */
async function fits(page: Page): Promise<void> {
  const { clientWidth, scrollWidth } = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return { clientWidth, scrollWidth };
  });
  expect(scrollWidth, "the page is wider than the window").toBeLessThanOrEqual(clientWidth);
}

/** The dialogs of the form: what opens them, and what they are called. */
const dialogs: [name: string, open: (page: Page) => Promise<void>][] = [
  ["Start from", (page) => press(page, "Template…")],
  ["Start from", (page) => press(page, "Existing revision…")],
  [
    "Start from",
    async (page) => {
      await press(page, "Paste or drop…");
      await page.getByRole("dialog", { name: "Start from" }).getByRole("textbox", { name: /^Text/ }).fill("services:\n  web:\n    image: nginx\n    build: .\n");
      await expect(page.getByRole("button", { name: "Begin with it" })).toBeVisible();
    },
  ],
  [
    "Replace what is in the form?",
    async (page) => {
      await press(page, "Template…");
      await page.getByRole("button", { name: /^Web service Behind/ }).click();
    },
  ],
  ["Export", (page) => press(page, "Export…")],
  ["Hand over this draft", (page) => press(page, "Hand over…")],
  ["Discard this draft?", (page) => press(page, "Discard draft")],
];

for (const [size, width] of [
  ["a wide screen", 1440],
  ["a phone", 390],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport: { width, height: 844 } });

    test(`all of the form, open, has no violation on ${size}`, async ({ page }) => {
      test.setTimeout(480_000);
      await everythingOpen(page);
      await bothThemes(page, () => expectNoAxeViolations(page));
      await fits(page);
      for (const view of ["JSON", "Review"]) {
        await page.getByRole("tab", { name: view, exact: true }).filter({ visible: true }).click();
        await bothThemes(page, () => expectNoAxeViolations(page));
        await fits(page);
      }
    });

    test(`every dialog of the form has no violation on ${size}`, async ({ page }) => {
      test.setTimeout(360_000);
      await open(page, "/task-definitions/new");
      await page.getByLabel("Family", { exact: true }).fill("some");
      await expect(page.getByRole("button", { name: "Hand over…" })).toBeVisible();
      for (const [name, show] of dialogs) {
        await show(page);
        const dialog = page.getByRole("dialog", { name });
        await expect(dialog).toBeVisible();
        await bothThemes(page, () => expectNoAxeViolations(page));
        await fits(page);
        for (; (await page.getByRole("dialog").count()) > 0; ) await page.keyboard.press("Escape");
      }
      // What opens in place: sidecars, lines of variables, a role's recipe, what the search finds.
      await press(page, "Add a sidecar");
      await expect(page.getByRole("menuitem").first()).toBeVisible();
      await bothThemes(page, () => expectNoAxeViolations(page));
      await page.keyboard.press("Escape");
      await page.getByText("Paste variables").click();
      await page.getByLabel("Lines of KEY=VALUE").fill("A=1\nodd");
      await press(page, "Add these lines");
      await page.getByText("No role yet? Make one").first().click();
      await page.getByRole("combobox", { name: "Execution role" }).click();
      await expect(page.getByRole("listbox", { name: "roles" }).getByRole("option").first()).toBeVisible();
      await bothThemes(page, () => expectNoAxeViolations(page));
      await fits(page);
    });
  });
}

test.describe("on the narrowest screen", () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test("all of the form, open, fits into the narrowest screen", async ({ page }) => {
    test.setTimeout(360_000);
    await everythingOpen(page);
    await fits(page);
    const wide = await page.locator(".form-rest *").evaluateAll((all) =>
      all
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".picture, .container-index, svg, pre, .visually-hidden"))
        .map((element) => `${element.tagName}.${element.className}#${element.id}`),
    );
    expect(wide.slice(0, 10), "what reaches out of the window").toEqual([]);
  });
});

test("the form is told apart by listening", async ({ page }) => {
  test.setTimeout(360_000);
  await everythingOpen(page);
  const said = await page.evaluate(() => {
    const shown = (element: Element) => element.checkVisibility();
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
    const levels = headings.map((heading) => Number(heading.tagName.slice(1)));
    const errors = [...document.querySelectorAll(".field-error, .field-remark")].filter(shown);
    const describes = (id: string) => document.querySelector(`[aria-describedby~="${CSS.escape(id)}"]`);
    return {
      skipped: headings.filter((_, at) => (levels[at] ?? 0) > (levels[at - 1] ?? 0) + 1).map((heading) => heading.outerHTML),
      first: levels.filter((level) => level === 1).length,
      mute: errors.filter(({ id }) => !id || !describes(id)).map((error) => `${error.id}: ${error.textContent}`),
      valid: errors
        .filter((error) => error.matches(".field-error"))
        .map(({ id }) => describes(id))
        .filter((control) => control?.matches("input, select, textarea") && control.getAttribute("aria-invalid") !== "true")
        .map((control) => control?.id),
    };
  });
  expect(said).toEqual({ skipped: [], first: 1, mute: [], valid: [] });
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("banner")).toHaveCount(1);
  await expect(page.getByRole("navigation", { name: "Main", exact: true })).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Problems and advice" })).toHaveCount(1);
  await expect(page.getByRole("tabpanel").filter({ visible: true })).toHaveCount(2);
});

test("what changes without a change of place is said", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByLabel("Family", { exact: true }).fill("some");
  // How many findings there are.
  const counted = page.getByRole("status").filter({ hasText: /problem/ });
  await expect(counted).toHaveText("1 problem");
  await page.getByRole("combobox", { name: "Image" }).fill("nginx:1.27");
  await expect(counted).toHaveText("No problems found");
  // And what is taken back.
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.locator("#announcer")).toHaveText("Taken back: Changed Image");
  await expect(counted).toHaveText("1 problem");
});
