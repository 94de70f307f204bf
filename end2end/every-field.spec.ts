import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const search = (page: Page) => page.getByRole("combobox", { name: "Find a field" });

test("a field is found by its purpose, and set", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  await search(page).fill("chaos");
  const option = page.getByRole("option", { name: /^Fault injection/ });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(option).toContainText("Isolation");
  await bothThemes(page, () => expectNoAxeViolations(page));
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Fault injection", { exact: false });
  await expect(field).toBeFocused();
  await field.selectOption("On");
  await written(page, (document) => document.enableFaultInjection).toBe(true);
  await expect(page.locator("summary").filter({ hasText: "Isolation" })).toContainText("1 set");

  // Back to nothing is not the same as off.
  await field.selectOption("Off");
  await written(page, (document) => document.enableFaultInjection).toBe(false);
  await field.selectOption("Default (off)");
  await written(page, (document) => document.enableFaultInjection).toBeUndefined();

  // The search tells what is set, and the arrows walk.
  await search(page).fill("size");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(search(page)).toHaveAttribute("aria-expanded", "false");
});

test("an EFS volume is set, turned, and turned back", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await page.getByRole("button", { name: "Add volume" }).click();
  await page.keyboard.type("data");
  const kind = page.getByLabel("Kind");
  await kind.selectOption("Amazon EFS");
  await page.getByRole("combobox", { name: "File system" }).fill("fs-0123456789abcdef0");
  await page.getByLabel("Encryption in transit").selectOption("On");
  await page.getByRole("combobox", { name: "Access point" }).fill("fsap-0123456789abcdef0");
  await page.getByLabel("IAM authorization").selectOption("On");
  const efs = {
    fileSystemId: "fs-0123456789abcdef0",
    transitEncryption: "ENABLED",
    authorizationConfig: { accessPointId: "fsap-0123456789abcdef0", iam: "ENABLED" },
  };
  await written(page, (document) => document.volumes).toEqual([{ name: "data", efsVolumeConfiguration: efs }]);

  // Emptied while it is written anew, it stays a volume of its kind.
  await page.getByRole("combobox", { name: "File system" }).fill("");
  await expect(kind).toHaveValue("efs");
  await page.getByRole("combobox", { name: "File system" }).fill(efs.fileSystemId);

  await expect(kind.getByRole("option", { name: /^Docker volume/ })).toHaveText("Docker volume (not on Fargate)");
  await kind.selectOption("EBS, configured at launch");
  await written(page, (document) => document.volumes).toEqual([{ name: "data", configuredAtLaunch: true }]);
  await expect(page.getByText("Put aside until this page is left")).toContainText("Amazon EFS");
  await kind.selectOption("Amazon EFS");
  await written(page, (document) => document.volumes).toEqual([{ name: "data", efsVolumeConfiguration: efs }]);
});

test("Windows rules out networks and sizes, and says why", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const network = page.getByLabel("Network mode");
  await expect(network.getByRole("option", { name: "bridge" }).last()).toHaveText(/Fargate takes awsvpc only/);
  await page.getByRole("checkbox", { name: "Fargate" }).uncheck();
  await page.getByRole("checkbox", { name: "EC2 instances" }).check();
  await expect(network.getByRole("option", { name: /^bridge/ })).toBeEnabled();
  await page.getByLabel("Operating system").selectOption("Windows Server 2022 Core");
  const bridge = network.getByRole("option", { name: /^bridge/ });
  await expect(bridge).toBeDisabled();
  await expect(bridge).toHaveText(/not for Windows/);
  await expect(network.getByRole("option", { name: /^Default/ })).toBeEnabled();
  await page.getByRole("checkbox", { name: "Fargate" }).check();
  await expect(page.getByLabel("CPU", { exact: true }).first().getByRole("option", { name: "0.25 vCPU" })).toHaveText(/not for Windows/);
  await written(page, (document) => document.requiresCompatibilities).toEqual(["EC2", "FARGATE"]);
});

test("opening a document changes nothing in it", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const odd = {
    family: "odd", tags: [], volumes: [{ name: "a", host: {} }, { name: "b", dockerVolumeConfiguration: {} }],
    placementConstraints: [{ type: "memberOf", newer: 1 }], ephemeralStorage: {}, pidMode: "", cpu: 256,
    proxyConfiguration: { type: "APPMESH", containerName: "x", properties: [{ name: "A" }, "odd"] },
    containerDefinitions: [{ name: "app", image: "a" }], unheardOf: { a: [null] },
  };
  const typed = JSON.stringify(odd, null, 2);
  await text(page).fill(typed);
  for (const fold of await page.locator("details.section-fold > summary").all()) await fold.click();
  await page.getByLabel("Family", { exact: true }).fill("even");
  await written(page).toEqual({ ...odd, family: "even" });
});
