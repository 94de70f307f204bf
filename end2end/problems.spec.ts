import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { text, written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";

test.use({ as: "administrator" });

const list = (page: Page) => page.getByRole("region", { name: "Problems and advice" });

/** A document that is refused for one thing, does one thing other than it says, and takes advice. */
const flawed = {
  family: "storefront",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "4096",
  containerDefinitions: [
    {
      name: "app",
      image: "nginx:1.27",
      portMappings: [{ containerPort: 53 }, { containerPort: 53, protocol: "udp" }],
      environment: [{ name: "DB_PASSWORD", value: "hunter2" }],
    },
  ],
};

test("a message stands at its field while somebody types, and not before", async ({ page }) => {
  await open(page, "/task-definitions/new");
  const family = page.getByLabel("Family", { exact: true });
  // Nobody has entered anything: the list says what is missing, the fields don't.
  await expect(list(page)).toContainText("Give the family a name.");
  await expect(family).not.toHaveAccessibleDescription(/Give the family a name/);
  await family.fill("a b");
  await expect(family).toHaveAccessibleDescription(/a space is none of them/);
  await family.fill("a-b");
  await expect(family).not.toHaveAccessibleDescription(/none of them/);
  await family.fill("");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(family).toHaveAccessibleDescription(/Give the family a name/);
});

test("a finding leads to its field, and its fix mends it", async ({ page }) => {
  await open(page, "/task-definitions/new");
  await text(page).fill(JSON.stringify(flawed));
  const count = page.getByRole("link", { name: "1 problem, 1 warning, 1 advice" });
  await count.click();
  await expect(list(page)).toBeFocused();
  for (const heading of ["ECS would refuse", "Works, but not as it says", "Advice"]) {
    await expect(list(page).getByRole("heading", { name: heading })).toBeVisible();
  }
  await bothThemes(page, () => expectNoAxeViolations(page));

  await list(page).getByRole("button", { name: "Memory", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Memory" })).toBeFocused();
  await list(page).getByRole("button", { name: "Container app: Value, row 1" }).click();
  await expect(page.getByLabel("Value, row 1").first()).toBeFocused();

  await list(page).getByRole("button", { name: "Use 2048 MiB (Memory)" }).click();
  await expect(page.getByRole("link", { name: "1 warning, 1 advice" })).toBeVisible();
  await expect(list(page)).toBeFocused();
  await expect(page.getByText("Done: Use 2048 MiB. Left: 1 warning, 1 advice.")).toBeAttached();
  await written(page, (document) => document.memory).toBe("2048");
});
