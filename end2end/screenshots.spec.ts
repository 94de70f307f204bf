import type { Page } from "@playwright/test";
import { bothThemes, open } from "./support/checks.ts";
import type { World } from "./support/console.ts";
import { expect, test } from "./support/fixtures.ts";
import { addressOf, type ConsolePage, dialogs, firstLink, openDialog, pages } from "./support/pages.ts";

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
};

const lists = ["/clusters", "/services", "/tasks", "/task-definitions", "/status-pages"];
const forms = ["/services/new", "/tasks/run", "/status-pages/new"];
const plain = (address: string): ConsolePage => ({ name: address.slice(1), as: "administrator", address });

/** The demo world shows every page; the others show what they change. */
const shown: Record<World, ConsolePage[]> = {
  demo: pages,
  empty: [...lists, ...forms].map(plain),
  large: [
    ...[...lists, ...forms].map(plain),
    { name: "service", as: "administrator", address: firstLink("/services", /\/services\/(?!new)/) },
    { name: "cluster", as: "administrator", address: firstLink("/clusters", /^\/clusters\/(?!new)/) },
  ],
  unreachable: [...lists, ...forms, "/clusters/production", "/clusters/production/services/web"].map(plain),
};

for (const [size, device] of Object.entries(sizes)) {
  const take = (page: Page, world: string, name: string) =>
    bothThemes(page, async (theme) => {
      const file = `${world}-${name.replaceAll(/\W+/g, "-")}-${size}-${theme}.png`;
      await page.screenshot({ path: `screenshots/${file}`, fullPage: true, animations: "disabled" });
    });

  for (const world of Object.keys(shown) as World[]) {
    for (const which of shown[world]) {
      test.describe(`${size}, ${world}, ${which.name}`, () => {
        test.use({ as: which.as, ...device });
        test.beforeEach(({}, info) => test.skip(info.project.name !== world, "a page of another world"));

        test(`${size}, ${world}: ${which.name}`, async ({ page }) => {
          await open(page, await addressOf(page, which));
          await take(page, world, which.name);
        });
      });
    }
  }

  test.describe(`${size}, dialogs`, () => {
    test.use({ as: "administrator", ...device });
    test.beforeEach(({}, info) => test.skip(info.project.name !== "demo", "a page of another world"));

    // A phone has no keys to tell of.
    for (const [name, button] of dialogs.filter(([, button]) => size === "desktop" || button !== "Keys")) {
      test(`${size}, dialog: ${name}, ${button}`, async ({ page }) => {
        await openDialog(page, name, button);
        await take(page, "dialog", `${name} ${button}`);
      });
    }
  });

  test.describe(`${size}, loading`, () => {
    test.use({ as: "administrator", ...device });
    test.beforeEach(({}, info) => test.skip(info.project.name !== "demo", "a page of another world"));

    for (const address of lists) {
      test(`${size}, loading: ${address}`, async ({ page }) => {
        await open(page, "/members");
        // No answer comes, as on a slow line: what is shown meanwhile is the subject.
        await page.route("**/api/**", () => {});
        if (size === "phone") await page.getByRole("button", { name: "Navigation" }).click();
        await page.getByRole("navigation").locator(`a[href="${address}"]`).first().click();
        // It waits a quarter of a second, so that a quick answer does not flicker.
        await expect(page.locator(".skeleton").first()).toHaveCSS("opacity", "1");
        await take(page, "loading", address.slice(1));
      });
    }
  });
}
