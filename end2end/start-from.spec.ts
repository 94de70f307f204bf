import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { document, text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const COMPOSE = `name: shop
services:
  web:
    build: .
    ports: ["8080:80"]
  db:
    image: postgres:16
    env_file: .env
`;

const dialog = (page: Page) => page.getByRole("dialog", { name: "Start from" });

async function paste(page: Page, text: string) {
  await page.getByRole("button", { name: "Paste or drop…" }).click();
  await dialog(page).getByRole("textbox", { name: /^Text/ }).fill(text);
}

test("a Compose file that is pasted becomes two containers, and what is left out is listed", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await paste(page, COMPOSE);
  await expect(dialog(page).getByRole("status")).toHaveText("This is a Compose file.");
  await expect(dialog(page).getByText("2 containers: web, db.")).toBeVisible();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await dialog(page).getByRole("button", { name: "Begin with it" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("shop");
  await expect(page.getByRole("heading", { name: "web", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "db", exact: true })).toBeVisible();
  const left = page.getByRole("note").filter({ hasText: "Left out" });
  await expect(left).toContainText("containerDefinitions.1.env_file");
  await expect(left).toContainText("web is built from source");
});

test("a docker run command takes the place of what was typed only when that is wanted", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByLabel("Family", { exact: true }).fill("mine");
  await paste(page, "docker run -d --name cache -p 6379:6379 --memory 256m redis:7");
  await dialog(page).getByRole("button", { name: "Begin with it" }).click();
  const question = page.getByRole("dialog", { name: "Replace what is in the form?" });
  await question.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("mine");
  await dialog(page).getByRole("button", { name: "Begin with it" }).click();
  await question.getByRole("button", { name: "Replace" }).click();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("cache");
});

test("a text that can not be read gives way, when that is wanted", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill('{"family": "broken');
  await expect(page.getByText("These fields show the last document that could be")).toBeVisible();
  await paste(page, "docker run -d --name cache redis:7");
  await dialog(page).getByRole("button", { name: "Begin with it" }).click();
  const question = page.getByRole("dialog", { name: "Replace what is in the form?" });
  await question.getByRole("button", { name: "Replace" }).click();
  await expect(page.getByText("These fields show the last document that could be")).toBeHidden();
  await expect(page.getByLabel("Family", { exact: true })).toHaveValue("cache");
  await written(page, (document) => document.family).toBe("cache");
});

test("a text that is no task definition is called what it is", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await paste(page, "apiVersion: v1\nkind: Pod\n");
  await expect(dialog(page).getByRole("textbox", { name: /^Text/ })).toHaveAccessibleDescription(/This is a Kubernetes manifest/);
  await dialog(page).getByRole("textbox", { name: /^Text/ }).fill('{"family": "web", "cpu": {{ cpu }}}');
  await expect(dialog(page).getByRole("textbox", { name: /^Text/ })).toHaveAccessibleDescription(/yet to be filled in/);
});

test("a file can be chosen", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByRole("button", { name: "Paste or drop…" }).click();
  await dialog(page).getByLabel("Choose a file").setInputFiles({
    name: "compose.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from(COMPOSE),
  });
  await expect(dialog(page).getByText("2 containers: web, db.")).toBeVisible();
});

test("a template begins the form, a sidecar is added, and the document is exported", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByRole("button", { name: "Template…", exact: true }).click();
  await bothThemes(page, () => expectNoAxeViolations(page));
  await dialog(page).getByRole("button", { name: /^Web service Behind/ }).click();
  await expect(dialog(page)).toBeHidden();
  await page.getByRole("button", { name: "Add a sidecar" }).click();
  await page.getByRole("menuitem", { name: /^Log router/ }).click();
  await expect(page.getByRole("heading", { name: "log-router", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Export…" }).click();
  const exported = page.getByRole("dialog", { name: "Export" });
  await expect(exported.getByRole("region", { name: "JSON" })).toContainText('"awsfirelens"');
  await exported.getByRole("tab", { name: "Terraform" }).click();
  await expect(exported.getByRole("region", { name: "Terraform" })).toContainText('resource "aws_ecs_task_definition"');
  await bothThemes(page, () => expectNoAxeViolations(page));
  await exported.getByRole("tab", { name: "AWS CLI" }).click();
  const download = page.waitForEvent("download");
  await exported.getByRole("button", { name: /^Download/ }).click();
  expect((await download).suggestedFilename()).toBe("task-definition.sh");
});

test("a sidecar is one step, taken back and done again", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByLabel("Family", { exact: true }).fill("shop");
  await page.getByRole("combobox", { name: "Image" }).fill("shop/web:1");
  await written(page).toMatchObject({ family: "shop", containerDefinitions: [{ image: "shop/web:1" }] });
  const before = await document(page);
  // It adds a container, and changes the log driver of the one that is there.
  await page.getByRole("button", { name: "Add a sidecar" }).click();
  await page.getByRole("menuitem", { name: /^Log router/ }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await written(page, (document) => document.containerDefinitions[0].logConfiguration).toMatchObject({ logDriver: "awsfirelens" });
  const after = await document(page);

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await written(page).toEqual(before);
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await written(page).toEqual(after);
  await expect(page.getByRole("heading", { name: "log-router", exact: true })).toBeVisible();
});

test("an existing revision is found by its family", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByRole("button", { name: "Existing revision…" }).click();
  await dialog(page).getByLabel("Find a family").fill("storefront");
  await dialog(page).getByRole("link", { name: /^Begin from storefront-web:/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New revision of storefront-web");
});
