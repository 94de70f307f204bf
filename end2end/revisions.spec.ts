import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { firstAdministrator } from "./support/members.ts";

test.use({ as: "administrator" });

/** Registers revisions of a small family over and over. */
async function revise(page: import("@playwright/test").Page, family: string, times: number) {
  for (let image = 1; image <= times; image++) {
    await open(page, `/task-definitions/new?family=${family}&image=nginx:1.${image}`);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await expect(page.getByText(`${family}:${image}`).first()).toBeVisible();
  }
}

test("chosen revisions are deregistered, then all that are inactive deleted", async ({ page }) => {
  test.setTimeout(120_000);
  await revise(page, "many", 3);
  await open(page, "/task-definitions/many");
  await page.getByLabel("Choose many:1", { exact: true }).check();
  await page.getByLabel("Choose many:2", { exact: true }).check();
  await expect(page.getByText("2 revisions chosen")).toBeVisible();
  await page.getByRole("button", { name: "Deregister…" }).click();
  const dialog = page.getByRole("dialog", { name: /Deregister 2 revisions/ });
  await expect(dialog.getByText("1, 2")).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await dialog.getByRole("button", { name: "Deregister 2 revisions" }).click();
  await expect(dialog.getByText("2 of 2 revisions inactive now.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  const row = page.getByRole("row", { name: /many:1/ });
  await expect(row.getByText("Inactive")).toBeVisible();

  await page.getByRole("button", { name: "Clean up…" }).click();
  const cleaning = page.getByRole("dialog", { name: "Clean up many" });
  await cleaning.getByRole("radio", { name: /Delete/ }).check();
  await expect(cleaning.getByText("2 revisions of 3 would go.")).toBeVisible();
  await cleaning.getByRole("button", { name: "Go on" }).click();
  const deleting = page.getByRole("dialog", { name: /Delete 2 revisions/ });
  await deleting.getByRole("button", { name: "Delete 2 revisions" }).click();
  await expect(deleting.getByText("2 of 2 revisions being deleted by ECS.")).toBeVisible();
  await deleting.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("row", { name: /many:1/ })).toBeHidden();
  await expect(page.getByRole("row", { name: /many:3/ })).toBeVisible();
});

test("two chosen revisions are compared, the older first", async ({ page }) => {
  await revise(page, "pair", 3);
  await open(page, "/task-definitions/pair");
  const compare = page.getByRole("link", { name: "Compare", exact: true });
  await page.getByLabel("Choose pair:3", { exact: true }).check();
  await expect(compare).toHaveAttribute("aria-disabled", "true");
  await expect(compare).toHaveAttribute("title", "Choose two revisions in the table.");
  await page.getByLabel("Choose pair:2", { exact: true }).check();
  await page.getByLabel("Choose pair:1", { exact: true }).check();
  await expect(compare).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Choose pair:2", { exact: true }).uncheck();
  await expect(compare).not.toHaveAttribute("aria-disabled", "true");
  await compare.press("Enter");
  await expect(page.getByLabel("Old revision")).toHaveValue("pair:1");
  await expect(page).toHaveURL(/left=pair(:|%3A)1&right=pair(:|%3A)3/);
  await expect(page.getByText("image tag 1.1 to 1.3.")).toBeVisible();
});

test.describe("while ECS answers slowly", () => {
  // Bad weather is for everybody: this story has a console of its own.
  test.use({
    baseURL: async ({ ownConsole }, use) => use(ownConsole.url),
    storageState: { cookies: [], origins: [] },
  });

  test("a revision that nobody has opened is said to be read, and comes", async ({ page, ownConsole }) => {
    test.slow();
    await firstAdministrator(page, ownConsole);
    await open(page, "/weather");
    await page.getByLabel(/^Latency/).fill("4000");
    await page.getByRole("button", { name: /^Set latency/ }).click();
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toContainText("4");
    await open(page, "/task-definitions/storefront-web/1");
    await expect(page.getByRole("heading", { name: "storefront-web:1" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Being read" })).toBeVisible();
    await bothThemes(page, () => expectNoAxeViolations(page));
    await expect(page.getByRole("link", { name: "JSON" })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("heading", { name: "Being read" })).toHaveCount(0);
  });
});
