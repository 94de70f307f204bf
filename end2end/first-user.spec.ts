import type { Locator, Page } from "@playwright/test";
import { open } from "./support/checks.ts";
import { addRow } from "./support/changes.ts";
import { written } from "./support/definition.ts";
import { countEffort } from "./support/effort.ts";
import { expect, test } from "./support/fixtures.ts";

/*
 * How much the console asks of somebody who has just signed in and wants two containers registered. The
 * bounds are what the ways ask today: a step more is a step to be argued for.
 */
test.use({ as: "administrator" });

const card = (page: Page, name: string) => page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** Presses on a field, and types over what is there. */
async function type(page: Page, field: Locator, words: string): Promise<void> {
  await field.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(words);
}

async function toTheForm(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Task definitions" }).click();
  await page.getByRole("link", { name: "Register task definition" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Register task definition" })).toBeVisible();
}

async function registered(page: Page, revision: string): Promise<void> {
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: revision })).toBeVisible();
}

test("two containers from nothing", async ({ page }) => {
  await open(page, "/clusters");
  const effort = await countEffort(page);
  await toTheForm(page);
  await type(page, page.getByLabel("Family", { exact: true }), "first-shop");

  // The web container: its port, its health, its logs, a secret.
  await type(page, page.getByRole("combobox", { name: "Image" }), "nginx:1.27");
  await addRow(page, "Add port");
  await expect(page.getByLabel("Container port", { exact: true })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("8080");
  await page.getByLabel("Log driver").selectOption("awslogs");
  await addRow(page, "Add secret");
  await page.keyboard.type("DATABASE_URL");
  await page.keyboard.press("Tab");
  await page.keyboard.type("/first-shop/database-url");
  await page.locator("summary").filter({ hasText: "Health check" }).click();
  await page.getByLabel("Usual checks").selectOption({ label: "HTTP, by curl" });

  // The one that it waits for.
  await addRow(page, "Add container");
  await page.keyboard.type("cache");
  await page.keyboard.press("Tab");
  await page.keyboard.type("redis:7");
  const app = card(page, "app");
  await app.locator("summary").filter({ hasText: "Order and stopping" }).click();
  await addRow(app, "Add container to wait for");
  await expect(app.getByRole("combobox", { name: "Container", exact: true })).toHaveValue("cache");

  await page.getByRole("combobox", { name: "Execution role" }).click();
  await page.getByRole("listbox", { name: "roles" }).getByRole("option").first().click();
  await expect(page.getByText("No problems found")).toBeVisible();
  await written(page).toMatchObject({
    family: "first-shop",
    executionRoleArn: expect.stringMatching(/^arn:aws:iam::/),
    containerDefinitions: [
      {
        name: "app",
        image: "nginx:1.27",
        portMappings: [{ containerPort: 8080 }],
        healthCheck: { command: ["CMD-SHELL", "curl -fsS http://localhost:8080/ || exit 1"] },
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/first-shop", "awslogs-stream-prefix": "app", "awslogs-region": expect.stringMatching(/./) },
        },
        secrets: [{ name: "DATABASE_URL", valueFrom: "/first-shop/database-url" }],
        dependsOn: [{ containerName: "cache", condition: "START" }],
      },
      { name: "cache", image: "redis:7", essential: false },
    ],
  });
  await registered(page, "first-shop:1");
  const { clicks, inputs } = await effort();
  expect(clicks, "clicks").toBeLessThanOrEqual(13);
  expect(inputs, "fields").toBeLessThanOrEqual(9);
});

test("two containers from a template", async ({ page }) => {
  await open(page, "/clusters");
  const effort = await countEffort(page);
  await toTheForm(page);
  await page.getByRole("button", { name: "Template…", exact: true }).click();
  await page.getByRole("button", { name: /^Web service Behind/ }).click();
  await type(page, page.getByLabel("Family", { exact: true }), "first-web");
  await type(page, page.getByRole("combobox", { name: "Image" }), "nginx:1.27");
  await page.getByRole("button", { name: "Add a sidecar" }).click();
  await page.getByRole("menuitem").first().click();
  await page.getByRole("combobox", { name: "Execution role" }).click();
  await page.getByRole("listbox", { name: "roles" }).getByRole("option").first().click();
  await registered(page, "first-web:1");
  const { clicks, inputs } = await effort();
  expect(clicks, "clicks").toBeLessThanOrEqual(11);
  expect(inputs, "fields").toBeLessThanOrEqual(2);
});
