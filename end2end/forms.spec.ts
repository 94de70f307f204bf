import type { Page } from "@playwright/test";
import { createCluster } from "./support/changes.ts";
import { open } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { firstLink } from "./support/pages.ts";

test.use({ as: "administrator" });

const question = (page: Page) => page.getByRole("dialog", { name: "Leave this form?" });
const stay = (page: Page) => question(page).getByRole("button", { name: "Stay" });
const leave = (page: Page) => question(page).getByRole("button", { name: "Leave" });

/** Every form with a page of its own that keeps nothing by itself, and a field of it. */
const forms: [address: string | ((page: Page) => Promise<string>), field: string][] = [
  ["/clusters/new", "Name"],
  ["/services/new", "Service name"],
  ["/tasks/run", "How many"],
  ["/status-pages/new", "Title"],
  [firstLink("/status-pages", /^\/status-pages\/(?!new)[^/?]+$/), "Title"],
];

for (const [where, label] of forms) {
  const name = typeof where === "string" ? where : "a status page";

  test(`${name}: who has typed something is asked before a link is followed`, async ({ page }) => {
    const address = typeof where === "string" ? where : await where(page);
    await open(page, address);
    const field = page.getByLabel(label, { exact: true });
    await field.fill("7");
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Tasks", exact: true });

    await link.click();
    await expect(stay(page)).toBeFocused();
    await stay(page).click();
    await expect(question(page)).toBeHidden();
    await expect(page).toHaveURL(address);
    await expect(field).toHaveValue("7");

    await link.click();
    await leave(page).click();
    await page.waitForURL("/tasks");
    await expect(page.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
  });

}

/** Forms that keep what is typed. */
const keeping: typeof forms = [
  ["/task-definitions/new", "Family"],
  ["/task-definitions/new?from=checkout-api:1", "Family"],
];

for (const [where, label] of [...forms, ...keeping]) {
  const name = typeof where === "string" ? where : "a status page";

  test(`${name}: who has typed nothing is not asked`, async ({ page }) => {
    const address = typeof where === "string" ? where : await where(page);
    await open(page, address);
    await page.getByLabel(label, { exact: true }).focus();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page).not.toHaveURL(address);
    await expect(question(page)).toBeHidden();
  });
}

test("who has taken back what was typed is not asked", async ({ page }) => {
  await open(page, "/clusters/new");
  await page.getByLabel("Name", { exact: true }).fill("half-typed");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("button", { name: "Remove row 1" }).click();
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.waitForURL("/clusters");
});

test("the way back asks, stays with all that was typed, and leads back in the end", async ({ page }) => {
  await open(page, "/services");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clusters" }).click();
  await page.getByRole("link", { name: "Create cluster" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("half-typed");

  for (let again = 0; again < 2; again++) {
    await page.goBack();
    await expect(stay(page)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(question(page)).toBeHidden();
    await expect(page).toHaveURL("/clusters/new");
    await expect(name).toHaveValue("half-typed");
  }

  await page.goBack();
  await leave(page).click();
  await page.waitForURL("/clusters");
  await expect(page.getByRole("heading", { level: 1, name: "Clusters" })).toBeVisible();
  await page.goBack();
  await page.waitForURL("/services");
  await expect(page.getByRole("heading", { level: 1, name: "Services" })).toBeVisible();
});

/** A form with something in it, whose question is asked by keys that lead elsewhere. */
async function askedByKeys(page: Page): Promise<void> {
  await open(page, "/clusters/new");
  await page.getByLabel("Name", { exact: true }).fill("half-typed");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.type("gt");
  await expect(stay(page)).toBeFocused();
}

test("keys that lead elsewhere ask too", async ({ page }) => {
  await askedByKeys(page);
  await page.keyboard.press("Enter");
  await expect(question(page)).toBeHidden();
  await expect(page).toHaveURL("/clusters/new");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.type("gt");
  await leave(page).click();
  await page.waitForURL("/tasks");
});

test("a question asked again before the browser tells of its closing stays", async ({ page }) => {
  await askedByKeys(page);
  await stay(page).evaluate(async (button: HTMLElement) => {
    const dialog = button.closest("dialog")!;
    const told = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    button.click();
    for (let turn = 0; dialog.open && turn < 100; turn++) await Promise.resolve();
    for (const key of ["g", "t"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await told;
  });
  await expect(stay(page)).toBeFocused();
  await leave(page).click();
  await page.waitForURL("/tasks");
});

test("the browser asks before the tab is loaded again, and only then", async ({ page }) => {
  await open(page, "/clusters/new");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await open(page, "/clusters/new");
  await page.getByLabel("Name", { exact: true }).pressSequentially("half-typed");
  const asked = page.waitForEvent("dialog");
  const reloaded = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();
  await reloaded;
});

test("what was sent is not asked for", async ({ page }) => {
  await createCluster(page, "sent-and-done");
  await expect(question(page)).toBeHidden();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Tasks", exact: true }).click();
  await page.waitForURL("/tasks");
});

test("the skip link of a half-typed form leads to its content and asks nothing", async ({ page }) => {
  await open(page, "/clusters/new");
  await page.getByLabel("Name", { exact: true }).fill("half-typed");
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/clusters/new#main");
  await expect(question(page)).toBeHidden();
});

test("lines that were pasted and not added yet count as typed", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByText("Paste variables").click();
  await page.getByLabel("Lines of KEY=VALUE").fill("A=1");
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(question(page)).toBeVisible();
});

test("a dialog that is closed by a slip keeps what was typed", async ({ page }) => {
  await open(page, "/members");
  const add = page.getByRole("button", { name: "Add member" }).first();
  await add.click();
  await page.getByRole("textbox", { name: "Email" }).fill("grace@example.org");
  await page.keyboard.press("Escape");
  await add.click();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue("grace@example.org");
});

test.describe("rows", () => {
  /** The forms' lists, each with its group, how many rows it begins with, and the button that adds one. */
  const lists: [address: string, group: string, rows: number, add: string][] = [
    ["/clusters/new", "Other capacity providers", 0, "Add provider"],
    ["/clusters/new", "Default strategy", 0, "Add to the strategy"],
    ["/clusters/new", "Keys and values", 0, "Add tag"],
    ["/services/new", "Subnets", 1, "Add subnet"],
    ["/services/new", "Keys and values", 0, "Add tag"],
    ["/tasks/run", "Security groups", 0, "Add security group"],
    ["/tasks/run", "Tags", 0, "Add tag"],
    ["/task-definitions/new", "Ports", 0, "Add port"],
    ["/task-definitions/new", "Environment files", 0, "Add file"],
    ["/task-definitions/new", "Volumes", 0, "Add volume"],
    ["/task-definitions/new", "Tags", 0, "Add tag"],
  ];

  for (const [address, name, rows, words] of lists) {
    test(`${address}, ${name}: the focus follows the rows`, async ({ page }) => {
      await open(page, address);
      const group = page.getByRole("group", { name: new RegExp(`^${name}`) });
      const row = group.getByRole("listitem");
      const add = group.getByRole("button", { name: words });
      const remove = (at: number) => row.nth(at).getByRole("button", { name: /^Remove/ });
      // Of a port it is the number that everybody writes, not its kind.
      const first = name === "Ports" ? "input" : "input, select";
      const field = (at: number) => row.nth(at).locator(first).first();

      for (const at of [rows, rows + 1]) {
        await add.click();
        await expect(field(at)).toBeFocused();
      }
      for (let left = rows + 2; left > 0; left--) {
        await remove(0).click();
        await expect(left > 1 ? remove(0) : add).toBeFocused();
      }
    });
  }

  test("containers", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const card = page.getByRole("article");
    await page.getByRole("button", { name: "Add container" }).click();
    await expect(card.nth(1).getByLabel("Name", { exact: true }).first()).toBeFocused();
    await card.nth(0).getByRole("button", { name: "Duplicate" }).click();
    await expect(card.nth(1).getByLabel("Name", { exact: true }).first()).toBeFocused();
    await expect(card).toHaveCount(3);
    const down = (at: number) => card.nth(at).getByRole("button", { name: "Move down" }).first();
    await down(0).click();
    await expect(down(1)).toBeFocused();
    await down(1).click();
    await expect(down(2)).toBeFocused();
    const up = card.nth(2).getByRole("button", { name: "Move up" }).first();
    await up.click();
    await expect(card.nth(1).getByRole("button", { name: "Move up" }).first()).toBeFocused();
    const remove = (at: number) => card.nth(at).getByRole("button", { name: "Remove" }).first();
    await remove(2).click();
    await expect(remove(1)).toBeFocused();
  });

  test("services of a status page", async ({ page }) => {
    await open(page, "/status-pages/new");
    for (const service of ["checkout-api", "storefront-web"]) {
      const choice = page.getByRole("group", { name: "production", exact: true }).getByLabel(service, { exact: true });
      await choice.check();
      await expect(choice).toBeFocused();
    }
    await page.getByRole("button", { name: "Move checkout-api down" }).click();
    await expect(page.getByRole("button", { name: "Move checkout-api down" })).toBeFocused();
    await page.getByRole("button", { name: "Take checkout-api off the page" }).click();
    const last = page.getByRole("button", { name: "Take storefront-web off the page" });
    await expect(last).toBeFocused();
    await last.click();
    await expect(page.getByLabel("Services", { exact: true })).toBeFocused();
  });
});
