import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { administrator, fillSignIn, firstAdministrator } from "./support/members.ts";

// Bad weather is for everybody: these stories have a console of their own.
test.use({
  baseURL: async ({ ownConsole }, use) => use(ownConsole.url),
  storageState: { cookies: [], origins: [] },
});

const unread = (page: Page) => page.getByRole("heading", { name: "Amazon ECS can't be read now" });
const mark = (page: Page) => page.getByRole("complementary", { name: "Sandbox" });

test("an outage is turned on, seen on every page, and cleared", async ({ page, context, ownConsole }) => {
  test.slow();
  await firstAdministrator(page, ownConsole);
  const elsewhere = await context.newPage();
  await open(elsewhere, "/services");
  await expect(mark(elsewhere)).toContainText("Weather: fair");

  await test.step("by the way that every page shows", async () => {
    await mark(page).getByRole("link", { name: "Weather: fair" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Weather" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Clear weather" })).toBeDisabled();
    await page.getByRole("button", { name: "Start outage" }).click();
    await expect(page.getByRole("button", { name: "End outage" })).toBeVisible();
    await expect(mark(page)).toContainText("Weather: outage");
    await expect(unread(page)).toBeVisible();
    await bothThemes(page, () => expectNoAxeViolations(page));
  });

  await test.step("a page that stood open shows it by itself, and what was read before", async () => {
    await expect(mark(elsewhere)).toContainText("Weather: outage");
    await expect(unread(elsewhere)).toBeVisible();
    await expect(elsewhere.getByRole("link", { name: "checkout-api" }).first()).toBeVisible();
  });

  await test.step("a time that makes no sense is said at its field, and changes nothing", async () => {
    const latency = page.getByLabel("Latency", { exact: true });
    await latency.fill("soon");
    await page.getByRole("button", { name: "Set latency" }).click();
    await expect(latency).toBeFocused();
    await expect(latency).toHaveAccessibleDescription(/whole number of milliseconds/);
    await latency.fill("20");
    await page.getByRole("button", { name: "Set latency" }).click();
    await expect(mark(page)).toContainText("Weather: outage, answers 20 ms late");
  });

  await test.step("cleared, everything is as before", async () => {
    await page.getByRole("button", { name: "Clear weather" }).click();
    for (const one of [page, elsewhere]) {
      await expect(mark(one)).toContainText("Weather: fair");
      await expect(unread(one)).toBeHidden();
    }
    await expect(page.getByLabel("Latency", { exact: true })).toHaveValue("0");
  });
});

test("the weather without WebAssembly", async ({ page, browser, ownConsole }) => {
  await firstAdministrator(page, ownConsole);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: ownConsole.url });
  const plain = await context.newPage();
  await plain.goto("/sign-in");
  await fillSignIn(plain, administrator);
  await plain.goto("/weather");
  await plain.getByRole("button", { name: "Start outage" }).click();
  await expect(mark(plain)).toContainText("Weather: outage");
  await expect(unread(plain)).toBeVisible();
  await plain.getByLabel("Denied operation").selectOption("StopTask");
  await plain.getByRole("button", { name: "Set denied operation" }).click();
  await expect(mark(plain)).toContainText("Weather: outage, StopTask denied");
  await plain.getByLabel("Lag", { exact: true }).fill("soon");
  await plain.getByRole("button", { name: "Set lag" }).click();
  await expect(plain.getByText("The weather was not changed.")).toBeVisible();
  await plain.getByRole("button", { name: "Clear weather" }).click();
  await expect(mark(plain)).toContainText("Weather: fair");
  await expect(plain.getByText("The weather was not changed.")).toBeHidden();
  await context.close();
});
