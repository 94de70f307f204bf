import {
  authorTaskDefinition,
  createCluster,
  createService,
  openTasksOfService,
  publishStatusPage,
  runningTasks,
  runTask,
  scaleService,
  stopTask,
} from "./support/changes.ts";
import { hydrated, open, sameDocument } from "./support/checks.ts";
import { expect, test } from "./support/fixtures.ts";
import { administrator, firstAdministrator, signIn, signOut } from "./support/members.ts";

/** What a visitor must never read. */
const secrets = {
  image: "registry.example.org/shop/storefront:4.2.0",
  sidecar: "registry.example.org/shop/cache-warmer:1.0.0",
  variable: "STOREFRONT_API_TOKEN",
  value: "not-for-visitors-7c1f",
};

/** The sandbox lives in real time: a task takes its seconds to be placed, pulled and started. */
const lifeOfATask = { timeout: 120_000 };

test.use({
  baseURL: async ({ ownConsole }, use) => use(ownConsole.url),
  // Nobody is signed in at the first start, and the shared console is not needed.
  storageState: { cookies: [], origins: [] },
});

test("from the first start to a public status page", async ({ page, browser, ownConsole }) => {
  test.setTimeout(12 * 60_000);

  await test.step("the set-up link makes the first administrator, who signs in", async () => {
    await firstAdministrator(page, ownConsole);
    await signOut(page);
    await signIn(page, administrator);
  });

  await test.step("a cluster", () => createCluster(page, "shop"));

  await test.step("a task definition of two containers", () =>
    authorTaskDefinition(page, {
      family: "storefront",
      volume: "shared",
      containers: [
        {
          name: "web",
          image: secrets.image,
          port: 8080,
          variable: [secrets.variable, secrets.value],
          mount: "/srv/cache",
        },
        { name: "cache-warmer", image: secrets.sidecar, mount: "/cache" },
      ],
    }));

  await test.step("launched, it reaches RUNNING without a reload", async () => {
    await runTask(page, { cluster: "shop", family: "storefront", count: 1 });
    await hydrated(page);
    const neverReloaded = await sameDocument(page);
    await expect(page.getByRole("main").getByText(/^running$/i).first()).toBeVisible(lifeOfATask);
    await neverReloaded();
  });

  await test.step("a service of two tasks, scaled to four", async () => {
    await createService(page, { cluster: "shop", name: "storefront", family: "storefront", count: 2 });
    await hydrated(page);
    const neverReloaded = await sameDocument(page);
    await openTasksOfService(page);
    await expect(runningTasks(page)).toHaveCount(2, lifeOfATask);
    await scaleService(page, 4);
    await expect(runningTasks(page)).toHaveCount(4, lifeOfATask);
    await neverReloaded();
  });

  await test.step("a task that is stopped is replaced", async () => {
    const link = runningTasks(page).first().getByRole("link").first();
    const stopped = (await link.getAttribute("href")) ?? "";
    await link.click();
    await page.waitForURL(`**${stopped}`);
    await stopTask(page, "To see it replaced");
    await expect(page.getByRole("main").getByText(/^stopped$/i).first()).toBeVisible(lifeOfATask);
    await open(page, "/clusters/shop/services/storefront");
    await openTasksOfService(page);
    await expect(runningTasks(page)).toHaveCount(4, lifeOfATask);
    await expect(runningTasks(page).locator(`a[href="${stopped}"]`)).toHaveCount(0);
  });

  await test.step("a status page changes live for a visitor and tells nothing else", async () => {
    const address = await publishStatusPage(page, {
      title: "Shop status",
      services: [{ cluster: "shop", service: "storefront", publicName: "Online shop" }],
    });
    const visitor = await browser.newContext({ baseURL: ownConsole.url, storageState: undefined });
    const visitorPage = await visitor.newPage();
    const bodies: Promise<string>[] = [];
    visitorPage.on("response", (response) => {
      const kind = response.headers()["content-type"] ?? "";
      // A stream has no end to wait for; what it brings is read from the page below.
      if (/html|json|text\/plain/.test(kind)) bodies.push(response.text().catch(() => ""));
    });
    await visitorPage.goto(address);
    await hydrated(visitorPage);
    const neverReloaded = await sameDocument(visitorPage);
    const entry = visitorPage.getByRole("listitem").filter({ hasText: "Online shop" });
    await expect(entry).toBeVisible();
    const before = await entry.innerText();

    await open(page, "/clusters/shop/services/storefront");
    await scaleService(page, 0);

    await expect.poll(() => entry.innerText(), lifeOfATask).not.toBe(before);
    await neverReloaded();

    const read = [...(await Promise.all(bodies)), await visitorPage.content()].join("\n");
    expect(read).toContain("Online shop");
    expect(read).not.toMatch(/arn:aws/i);
    expect(read, "an account id").not.toMatch(/\b\d{12}\b/);
    for (const secret of Object.values(secrets)) expect(read).not.toContain(secret);
    await visitor.close();
  });
});
