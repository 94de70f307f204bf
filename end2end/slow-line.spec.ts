import { open } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";

const lists = {
  "/clusters": "Clusters",
  "/services": "Services",
  "/tasks": "Tasks",
  "/task-definitions": "Task definitions",
  "/status-pages": "Status pages",
  "/members": "Members",
  "/audit": "Audit log",
};

test.use({ as: "administrator" });

for (const [address, heading] of Object.entries(lists)) {
  test(`${address}: frame and heading stand while the answer is on its way`, async ({ page }) => {
    await open(page, address === "/members" ? "/clusters" : "/members");
    await page.route("**/api/**", () => {});
    const navigation = page.getByRole("navigation").first();
    await navigation.locator(`a[href="${address}"]`).click();
    await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Loading" }).first()).toBeVisible();
    await expect(navigation).toBeVisible();
  });
}
