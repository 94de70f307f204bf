import { type BrowserContext, expect, test as base } from "@playwright/test";
import { type Console, startConsole, type World } from "./console.ts";
import { firstAdministrator } from "./members.ts";
import { publishStatusPage } from "./changes.ts";

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** What a file's tests share: a console, with an administrator and, in the demo world, a status page. */
interface Shared {
  world: World;
  console: Console;
  administrator: Session;
}

interface Each {
  /** Who opens the pages of this file. */
  as: "administrator" | "nobody";
  /** A console for one story alone, on its first start. */
  ownConsole: Console;
}

export const test = base.extend<Each, Shared>({
  world: ["demo", { option: true, scope: "worker" }],
  console: [
    async ({ world }, use) => {
      const console = await startConsole(world);
      await use(console);
      await console.stop();
    },
    { scope: "worker" },
  ],
  administrator: [
    async ({ browser, console, world }, use) => {
      const context = await browser.newContext({ baseURL: console.url });
      const page = await context.newPage();
      await firstAdministrator(page, console);
      if (world === "demo") {
        await publishStatusPage(page, {
          title: "Shop",
          services: [{ cluster: "production", service: "checkout-api", publicName: "Checkout" }],
        });
      }
      // A large world takes a while to be read; an unreachable one never is.
      if (world !== "unreachable") {
        await page.goto("/clusters");
        await expect(page.locator('[data-live="live"]')).toBeVisible({ timeout: 60_000 });
      }
      const session = await context.storageState();
      await context.close();
      await use(session);
    },
    { scope: "worker" },
  ],
  ownConsole: async ({}, use, info) => {
    const console = await startConsole();
    await use(console);
    await console.stop();
    if (info.status !== info.expectedStatus) {
      await info.attach("console output", { body: console.output(), contentType: "text/plain" });
    }
  },
  as: ["nobody", { option: true }],
  baseURL: async ({ console }, use) => use(console.url),
  storageState: async ({ as, administrator }, use) => {
    const nobody: Session = { cookies: [], origins: [] };
    await use(as === "administrator" ? administrator : nobody);
  },
});

export { expect };
