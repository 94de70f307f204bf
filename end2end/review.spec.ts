import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { register } from "./support/changes.ts";
import { text } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const document = (family: string) => ({
  family,
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [
    {
      name: "app",
      image: "shop/app:1.4",
      essential: true,
      portMappings: [{ containerPort: 80, name: "http", appProtocol: "http" }],
      environment: [{ name: "LEVEL", value: "info" }],
    },
  ],
});

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).filter({ visible: true });
const panel = (page: Page) => page.getByRole("tabpanel", { name: "Review" });
const line = (page: Page) => page.getByText(/^Against .*:\d+: /).first();

/** Edits the document beside the form. */
async function edit(page: Page, change: (document: any) => void): Promise<void> {
  await tab(page, "JSON").click();
  await text(page).focus();
  const now = JSON.parse(await text(page).inputValue());
  change(now);
  await text(page).fill(JSON.stringify(now, null, 2));
}

test("the review says what a revision changes, and what that breaks, before it is registered", async ({ page }) => {
  await register(page, document("reviewed"));
  await open(page, "/task-definitions/new?from=reviewed:1");
  await expect(line(page)).toHaveText("Against reviewed:1: nothing differs.");
  await tab(page, "Review").click();
  await expect(panel(page).getByText("It would equal reviewed:1, so it is not registered.")).toBeVisible();
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("alert").getByText("It would equal reviewed:1: nothing in it changes.")).toBeVisible();

  await edit(page, (now) => {
    now.memory = "1024";
    now.containerDefinitions[0].image = "shop/app:1.5";
    now.containerDefinitions[0].portMappings[0].appProtocol = "grpc";
    now.containerDefinitions[0].environment[0].value = "warn";
  });
  await expect(line(page)).toHaveText(
    "Against reviewed:1: memory 512 to 1024 MiB, image tag 1.4 to 1.5, one port changed, one variable changed.",
  );
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await expect(panel(page).getByRole("listitem").filter({ hasText: "Variable LEVEL" })).toContainText("info");
  const port = panel(page).getByRole("listitem").filter({ hasText: "application protocol" });
  await expect(port).toContainText("Give the port another name.");
  await panel(page).getByRole("button", { name: "Show the lines of the JSON" }).click();
  await expect(panel(page).getByRole("region", { name: "Lines that differ" })).toContainText('"memory": "1024"');
  await bothThemes(page, () => expectNoAxeViolations(page));

  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL("**/task-definitions/reviewed/2");
  await expect(page.getByText(/Since reviewed:1: memory 512 to 1024 MiB/)).toBeVisible();
});

test("whoever was faster is named, and what they registered is compared with", async ({ page, context }) => {
  await register(page, document("raced"));
  await open(page, "/task-definitions/new?from=raced:1");
  await edit(page, (now) => (now.memory = "1024"));
  await expect(line(page)).toContainText("memory 512 to 1024 MiB");

  const other = await context.newPage();
  await register(other, { ...document("raced"), cpu: "512", memory: "1024" });
  await other.close();

  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("alert").getByText(/^raced:2 was registered meanwhile by .+@/)).toBeVisible();
  await expect(panel(page).getByText(/is newer than raced:1/)).toBeVisible();
  await expect(line(page)).toHaveText("Against raced:2: CPU 0.5 to 0.25 vCPU.");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL("**/task-definitions/raced/3");
});

test("the views are tabs by keyboard", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await tab(page, "JSON").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Review")).toBeFocused();
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(tab(page, "JSON")).toBeFocused();
  await expect(text(page)).toBeVisible();
});

test("two revisions are chosen, swapped and compared", async ({ page }) => {
  await register(page, document("compared"));
  await register(page, { ...document("compared"), memory: "1024" });
  await open(page, "/task-definitions/compared/2");
  await page.getByRole("link", { name: "Compare with…" }).click();
  await page.getByLabel("Old revision").fill("compared:1");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByText("Memory 512 to 1024 MiB.", { exact: false })).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.getByRole("link", { name: "Swap" }).click();
  await expect(page.getByText("1024 to 512 MiB.", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "JSON" }).click();
  await expect(page.getByRole("region", { name: "Lines that differ" })).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
});

test("a revision goes to another family", async ({ page }) => {
  await register(page, document("original"));
  await page.getByRole("button", { name: "Clone…" }).click();
  const dialog = page.getByRole("dialog", { name: "Clone original:1" });
  await dialog.getByRole("button", { name: "Open in the form" }).click();
  await expect(dialog.getByLabel("Family")).toBeFocused();
  await dialog.getByLabel("Family").fill("twin");
  await expect(dialog.getByText("twin is a new family: it becomes twin:1.")).toBeVisible();
  await expectNoAxeViolations(page);
  await dialog.getByRole("button", { name: "Open in the form" }).click();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("twin");
  await expect(line(page)).toHaveText("Against original:1: family original to twin.");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL("**/task-definitions/twin/1");
});

test("services go on to the new revision one after the other", async ({ page }) => {
  await open(page, "/task-definitions/checkout-api");
  await page.getByRole("link", { name: "New revision" }).first().click();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("checkout-api");
  await edit(page, (now) => (now.tags = [{ key: "proof", value: "yes" }]));
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL(/\/task-definitions\/checkout-api\/\d+$/);
  const update = page.getByRole("button", { name: /^Update 1 service to checkout-api:\d+$/ });
  await expect(update).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: "production/checkout-api" }).check();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await update.click();
  await expect(page.getByText("Deployment started")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "production/checkout-api" })).toBeDisabled();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("form, text and review share the place, and the button stays in sight", async ({ page }) => {
    await open(page, "/task-definitions/new");
    for (const [name, shown] of [["Form", 0], ["JSON", 1], ["Review", 2]] as const) {
      await tab(page, name).click();
      for (const [at, id] of ["#view-form", "#view-json", "#view-review"].entries()) {
        await expect(page.locator(id)).toBeVisible({ visible: at === shown });
      }
      await expect(page.getByRole("button", { name: "Register", exact: true })).toBeInViewport();
    }
    await expectNoAxeViolations(page);
  });
});
