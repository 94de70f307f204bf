import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, hydrated, open } from "./support/checks.ts";
import { text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";
import { administrator } from "./support/members.ts";

test.use({ as: "administrator" });

const family = (page: Page) => page.getByLabel("Family", { exact: true });
const image = (page: Page) => page.getByLabel("Image", { exact: true }).first();
const cpu = (page: Page) => page.getByLabel("CPU", { exact: true }).first();
const saved = (page: Page) => expect(page.getByText(/^Saved /)).toBeVisible();
const put = async (page: Page, change: (document: Record<string, unknown>) => void) => {
  await text(page).focus();
  const document = JSON.parse(await text(page).inputValue());
  change(document);
  await text(page).fill(JSON.stringify(document, null, 2));
};

/** Begins a draft with that family and says where it is. */
async function begin(page: Page, name: string): Promise<string> {
  await open(page, "/task-definitions/new");
  await family(page).fill(name);
  await page.waitForURL(/draft=[0-9a-f]{32}$/);
  await saved(page);
  return page.url();
}

test("nothing is kept before something is typed, and everything afterwards", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await expect(page.getByText(/^Saved /)).toBeHidden();
  await begin(page, "kept");
  const sent = page.waitForResponse(/save_draft/);
  await image(page).fill("nginx:1.27");
  await image(page).blur();
  await sent;
  await text(page).focus();
  const broken = (await text(page).inputValue()).replace('"kept"', '"kept');
  await text(page).fill(broken);
  await text(page).blur();
  await saved(page);

  await page.reload();
  await hydrated(page);
  await expect(text(page)).toHaveValue(broken);
  await expect(page.getByText("These fields show the last document that could be")).toBeVisible();
  await expect(image(page)).toHaveValue("nginx:1.27");
  await text(page).fill(broken.replace('"kept', '"kept"'));
  await expect(page.getByText("These fields show the last document that could be")).toBeHidden();
  await bothThemes(page, () => expectNoAxeViolations(page));

  // Nobody is asked on the way out, and the draft stands in the list.
  await page.getByRole("link", { name: "Task definitions", exact: true }).first().click();
  await page.getByRole("link", { name: /^Drafts \(\d+\)$/ }).click();
  await expect(page.getByRole("row", { name: /kept/ })).toContainText("You");
  await page.getByRole("link", { name: "Continue kept" }).click();
  await expect(image(page)).toHaveValue("nginx:1.27");
});

test("a lost session loses nothing", async ({ page, context }) => {
  const address = await begin(page, "session");
  await context.clearCookies();
  await image(page).fill("after:1");
  await expect(page.getByText("Not saved: your session has ended; kept in this browser.").first()).toBeVisible();
  await page.getByRole("link", { name: "Sign in and go on" }).click();
  await page.getByLabel("Email").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(address);
  await hydrated(page);
  await expect(image(page)).toHaveValue("after:1");
  await expect(page.getByText(/What you typed until \d\d:\d\d is back/).first()).toBeVisible();
  await saved(page);
});

test("without an answer the browser keeps it, also when the tab is closed", async ({ page, context }) => {
  const address = await begin(page, "offline");
  await context.setOffline(true);
  await image(page).fill("offline:1");
  await expect(page.getByText("Not saved: the console does not answer; kept in this browser.").first()).toBeVisible();
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await open(again, address);
  await expect(image(again)).toHaveValue("offline:1");
  await saved(again);
});

test("what never became a draft is offered", async ({ page, context }) => {
  await open(page, "/task-definitions/new");
  await context.setOffline(true);
  await family(page).fill("never-sent");
  await expect(page.getByText(/^Not saved: the console does not answer/).first()).toBeVisible();
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await open(again, "/task-definitions/new");
  await again.getByRole("button", { name: "Bring it back" }).click();
  await expect(family(again)).toHaveValue("never-sent");
  await again.waitForURL(/draft=/);
});

test("two pages in one draft merge", async ({ page, context }) => {
  const address = await begin(page, "shared");
  const other = await context.newPage();
  await open(other, address);
  await image(other).fill("theirs:1");
  await image(other).blur();
  await saved(other);
  await put(page, (document) => (document.memory = "1024"));
  await expect(image(page)).toHaveValue("theirs:1");
  await expect(page.getByText(/^Merged the changes of your other window: image of app\./).first()).toBeVisible();
  await page.bringToFront();
  await saved(page);
  await other.bringToFront();
  await written(other, (document) => document.memory).toBe("1024");

  // What is taken back is one's own.
  await page.bringToFront();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await written(page, (document) => [document.memory, document.containerDefinitions[0].image]).toEqual(["512", "theirs:1"]);
});

test("a window that is made from this one keeps what is typed apart", async ({ page, context }) => {
  const address = await begin(page, "doubled");
  const [other] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate((address) => void window.open(address), address),
  ]);
  await hydrated(other);
  await context.setOffline(true);
  for (const [window, typed] of [[page, "mine:1"], [other, "theirs:1"]] as const) {
    await window.bringToFront();
    await image(window).fill(typed);
    await expect(window.getByText(/^Not saved: the console does not answer/).first()).toBeVisible();
  }
  const id = address.slice(-32);
  const kept = () =>
    page.evaluate((id) => Object.entries(localStorage).filter(([key]) => key.includes(id)).map(([, copy]) => copy), id);
  await expect.poll(async () => (await kept()).map((copy) => /(mine|theirs):1/.exec(copy)?.[0]).sort()).toEqual(["mine:1", "theirs:1"]);
});

test("what both changed is chosen, and nothing is overwritten", async ({ page, context }) => {
  const address = await begin(page, "contested");
  const other = await context.newPage();
  await open(other, address);
  await page.route("**/api/save_draft*", (route) => route.abort());
  await image(page).fill("mine:1");
  await cpu(page).selectOption("1024");
  await expect(page.getByText(/^Not saved: the console does not answer/).first()).toBeVisible();
  await image(other).fill("theirs:1");
  await image(other).blur();
  await saved(other);

  const panel = page.getByRole("region", { name: "You and somebody else changed the same" });
  await expect(panel).toContainText("mine:1");
  await expect(panel).toContainText("theirs:1");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.unroute("**/api/save_draft*");
  // The other window goes on and is saved: what this one keeps is its own.
  const sent = other.waitForResponse(/save_draft/);
  await put(other, (document) => (document.memory = "2048"));
  await sent;
  // Not chosen yet: the questions come again, and nothing is saved before.
  await page.reload();
  await hydrated(page);
  await expect(image(other)).toHaveValue("theirs:1");
  await panel.getByRole("button", { name: /^Take (the other|theirs) ?: image of app$/ }).click();
  await expect(panel).toBeHidden();
  await expect(image(page)).toHaveValue("theirs:1");
  await expect(cpu(page)).toHaveValue("1024");
  await written(page, (document) => document.memory).toBe("2048");
  await saved(page);
  await expect(cpu(other)).toHaveValue("1024");
});

test("a draft is handed over, renamed, deleted and taken back", async ({ page }) => {
  await begin(page, "handed");
  await page.getByRole("button", { name: "Hand over…" }).click();
  await expect(page.getByRole("dialog")).toContainText(page.url());
  await expect(page.getByRole("dialog")).toContainText("Every operator and administrator");
  await page.keyboard.press("Escape");

  await open(page, "/task-definitions/drafts");
  await page.getByRole("button", { name: "Rename… handed" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Bigger");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(page.getByRole("link", { name: "Bigger", exact: true })).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.getByRole("button", { name: "Delete handed" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Bigger", exact: true })).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("link", { name: "Bigger", exact: true })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("all that can be done with a draft is in sight", async ({ page }) => {
    await begin(page, "narrow");
    await open(page, "/task-definitions/drafts");
    for (const name of ["Rename… narrow", "Hand over… narrow", "Delete narrow"]) {
      const way = page.getByRole("button", { name, exact: true });
      await way.scrollIntoViewIfNeeded();
      await expect(way).toBeInViewport({ ratio: 1 });
    }
  });
});

test("a draft goes when it is registered or discarded", async ({ page }) => {
  await begin(page, "finished");
  await image(page).fill("nginx:1.27");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL(/\/task-definitions\/finished\/1$/);
  const address = await begin(page, "discarded");
  await page.getByRole("button", { name: "Discard draft" }).click();
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await page.waitForURL(/\/task-definitions$/);
  await open(page, "/task-definitions/drafts");
  await expect(page.getByRole("link", { name: /Continue (finished|discarded)/ })).toHaveCount(0);
  await open(page, new URL(address).pathname + new URL(address).search);
  await expect(page.getByText("This draft is gone")).toBeVisible();
});
