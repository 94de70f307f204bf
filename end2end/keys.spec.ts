import type { Locator, Page } from "@playwright/test";
import { open } from "./support/checks.ts";
import { text } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const keys = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

/** Types every shortcut there, and finds that nothing happened. */
async function nothingHappens(page: Page, where: Locator): Promise<void> {
  const { pathname } = new URL(page.url());
  await where.focus();
  for (const chord of ["?", "/", "gc", "gs", "gt", "gd"]) await page.keyboard.type(chord);
  await expect(where).toBeFocused();
  await expect(keys(page)).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Leave this form?" })).toBeHidden();
  expect(new URL(page.url()).pathname).toBe(pathname);
}

test("shortcuts act on a page, and on its links and buttons", async ({ page }) => {
  await open(page, "/clusters");
  await page.keyboard.type("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.getByRole("button", { name: "Keys" }).focus();
  await page.keyboard.type("?");
  await expect(keys(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.type("gs");
  await page.waitForURL("/services");
});

test("shortcuts rest in every kind of field and in the buttons of a form", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await nothingHappens(page, page.getByLabel("Family", { exact: true }));
  await nothingHappens(page, page.getByLabel("Network mode"));
  await nothingHappens(page, page.getByLabel("Essential", { exact: true }));
  await nothingHappens(page, page.getByRole("button", { name: "Add port" }));
  await nothingHappens(page, text(page));
  await open(page, "/clusters/new");
  await nothingHappens(page, page.getByRole("radio", { name: /^Off/ }));
});

test("shortcuts rest in the filter of a list", async ({ page }) => {
  await open(page, "/clusters");
  await nothingHappens(page, page.getByRole("combobox", { name: "State" }));
  await nothingHappens(page, page.getByRole("searchbox"));
});

test("shortcuts rest while a dialog or a menu is open", async ({ page }) => {
  await open(page, "/members");
  await page.getByRole("button", { name: "Add member" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add a member" });
  await nothingHappens(page, dialog.getByLabel("Name", { exact: true }));
  await nothingHappens(page, dialog.getByRole("button", { name: "Cancel" }));
  // A press beside every control takes the focus out of the dialog, which stays open.
  await dialog.getByRole("heading").click();
  await page.keyboard.type("?gs");
  await expect(keys(page)).toBeHidden();
  await expect(page).toHaveURL("/members");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: /^Actions for/ }).first().click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.type("?gs");
  await expect(keys(page)).toBeHidden();
  await expect(page).toHaveURL("/members");
});

test("Escape clears a filter, then leaves it", async ({ page }) => {
  await open(page, "/services?q=checkout");
  const filter = page.getByRole("searchbox");
  await filter.focus();
  // The second Escape comes before the list has followed the letters.
  await filter.pressSequentially("-api");
  await page.keyboard.press("Escape");
  await expect(filter).toHaveValue("");
  await expect(filter).toBeFocused();
  await page.waitForURL("/services");
  await page.keyboard.press("Escape");
  await expect(filter).not.toBeFocused();
  await page.keyboard.type("gt");
  await page.waitForURL("/tasks");
});
