import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { addressOf, pages } from "./support/pages.ts";

for (const which of pages) {
  test.describe(which.name, () => {
    test.use({ as: which.as });

    test(`${which.name}: no violation in either theme`, async ({ page }) => {
      // It computes the contrast of every word, and a list has a hundred rows.
      test.slow();
      await open(page, await addressOf(page, which));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await bothThemes(page, () => expectNoAxeViolations(page));
    });
  });
}
