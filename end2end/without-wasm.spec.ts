import { expect, test } from "./support/fixtures.ts";
import { administrator, fillSignIn } from "./support/members.ts";
import { addressOf, pages } from "./support/pages.ts";

test.use({ javaScriptEnabled: false });

for (const which of pages) {
  test.describe(which.name, () => {
    test.use({ as: which.as });

    test(`${which.name}: readable without WebAssembly`, async ({ page }) => {
      await page.goto(await addressOf(page, which));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("main")).not.toBeEmpty();
      // What is still being read must not be all that is there.
      await expect(page.locator(".skeleton")).toHaveCount(0);
    });
  });
}

test("sign in without WebAssembly", async ({ page, administrator: session }) => {
  expect(session.cookies.length).toBeGreaterThan(0);
  await page.goto("/sign-in");
  await fillSignIn(page, administrator);
  await expect(page.getByRole("heading", { level: 1, name: "Clusters" })).toBeVisible();
});

test("a page that needs a member leads to sign in and back", async ({ page, administrator: session }) => {
  expect(session.cookies.length).toBeGreaterThan(0);
  await page.goto("/services");
  await page.waitForURL(/\/sign-in\?/);
  await page.getByLabel("Email").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/services/);
});
