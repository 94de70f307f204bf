import { bothThemes, expectNoAxeViolations } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { dialogs, openDialog } from "./support/pages.ts";

for (const [name, button] of dialogs) {
  test.describe(`${name}, ${button}`, () => {
    test.use({ as: "administrator" });

    test(`the dialog of ${button} on the page ${name}: no violation in either theme`, async ({ page }) => {
      await openDialog(page, name, button);
      await bothThemes(page, () => expectNoAxeViolations(page));
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    });
  });
}
