import type { Page } from "@playwright/test";
import { bothThemes, expectNoAxeViolations, open } from "./support/checks.ts";
import { addRow } from "./support/changes.ts";
import { written } from "./support/definition.ts";
import { expect, test } from "./support/fixtures.ts";
import { firstAdministrator } from "./support/members.ts";

const combobox = (page: Page, name: string) => page.getByRole("combobox", { name });
const options = (page: Page, list: string) => page.getByRole("listbox", { name: list }).getByRole("option");

test.describe("with every right", () => {
  test.use({ as: "administrator" });

  test("a role is chosen by keyboard, and says what it may be used for", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const role = combobox(page, "Execution role");
    await role.focus();
    await expect(role).toHaveAttribute("aria-expanded", "false");
    await page.keyboard.press("ArrowDown");
    await expect(role).toHaveAttribute("aria-expanded", "true");
    await expect(options(page, "roles").filter({ hasText: "ecsTaskExecutionRole" })).toBeVisible();
    // It trusts CodeBuild, not tasks.
    await expect(options(page, "roles").filter({ hasText: "shop-ci-deploy" })).toHaveCount(0);
    await bothThemes(page, () => expectNoAxeViolations(page));

    await page.keyboard.type("execution shop");
    await expect(options(page, "roles")).toHaveCount(1);
    await page.keyboard.press("ArrowDown");
    const active = await role.getAttribute("aria-activedescendant");
    expect(await options(page, "roles").first().getAttribute("id")).toBe(active);
    await page.keyboard.press("Enter");
    await expect(role).toHaveValue("arn:aws:iam::000000000000:role/shop-task-execution");
    await expect(role).toHaveAttribute("aria-expanded", "false");
    await expect(role).toBeFocused();
    await written(page, (document) => document.executionRoleArn).toBe("arn:aws:iam::000000000000:role/shop-task-execution");
    await expect(page.getByText("Trusts ECS tasks. Attached: AmazonECSTaskExecutionRolePolicy.")).toBeVisible();

    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await expect(role).toHaveAttribute("aria-expanded", "false");
    await expect(role).toHaveValue("arn:aws:iam::000000000000:role/shop-task-execution");
    await role.fill("not-there");
    await expect(page.getByText("No role of this name that trusts ECS tasks was found.")).toBeVisible();
    await written(page, (document) => document.executionRoleArn).toBe("not-there");
  });

  test("the commands that make a role name the family and its secrets", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await page.getByLabel("Family", { exact: true }).fill("web");
    await page.getByText("No role yet? Make one").first().click();
    const commands = page.getByRole("region", { name: "AWS CLI commands" });
    await expect(commands).toContainText("aws iam create-role --role-name web-execution");
    await expect(commands).toContainText("ecs-tasks.amazonaws.com");
  });

  test("an image is chosen by repository and tag, and any other may be typed", async ({ page }) => {
    await open(page, "/task-definitions/new");
    const image = combobox(page, "Image");
    await image.click();
    await page.keyboard.type("storefront");
    await options(page, "images").filter({ hasText: "shop/storefront-web" }).click();
    // The list goes on with the tags, the newest first.
    await expect(options(page, "images").first()).toContainText("pushed");
    await options(page, "images").filter({ hasText: "2026.10.0" }).first().click();
    const chosen = "000000000000.dkr.ecr.eu-central-1.amazonaws.com/shop/storefront-web:2026.10.0";
    await expect(image).toHaveValue(chosen);
    await written(page, (document) => document.containerDefinitions[0].image).toBe(chosen);
    await image.fill("ghcr.io/shop/web:1");
    await page.keyboard.press("Tab");
    await expect(image).toHaveAttribute("aria-expanded", "false");
    await written(page, (document) => document.containerDefinitions[0].image).toBe("ghcr.io/shop/web:1");
  });

  test("a file system brings its access points", async ({ page }) => {
    await open(page, "/task-definitions/new");
    await addRow(page, "Add volume");
    await page.getByLabel(/^Kind/).selectOption("efs");
    await combobox(page, "Access point").click();
    await expect(page.getByText("Choose the file system first")).toBeVisible();
    await combobox(page, "File system").click();
    await options(page, "file systems").filter({ hasText: "shop-uploads" }).click();
    await combobox(page, "Access point").click();
    await options(page, "access points").first().click();
    await written(page, (document) => document.volumes[0].efsVolumeConfiguration).toMatchObject({
      fileSystemId: "fs-0a11ce00000000001",
      authorizationConfig: { accessPointId: expect.stringMatching(/^fsap-/) },
    });
  });

  test("a network's subnets and groups are ticked, and two VPCs are warned of", async ({ page }) => {
    await open(page, "/services/new");
    const known = (list: string) => page.getByRole("group", { name: `Known ${list}` });
    const subnet = (row: number) => page.getByLabel(`Subnet, row ${row}`, { exact: true });
    await page.getByText("Choose from the account's subnets").focus();
    await page.keyboard.press("Enter");
    await known("subnets").getByRole("checkbox", { name: /^shop-private-a/ }).check();
    await known("subnets").getByRole("checkbox", { name: /^shop-private-b/ }).check();
    await expect(subnet(1)).toHaveValue("subnet-0a11ce00000000001");
    await expect(subnet(2)).toHaveValue("subnet-0a11ce00000000002");
    await expect(subnet(2)).toHaveAccessibleDescription(/^shop-private-b, vpc-0a11ce00000000001, eu-central-1b/);
    await bothThemes(page, () => expectNoAxeViolations(page));

    await page.getByRole("searchbox", { name: "Search subnets" }).fill("build");
    await expect(known("subnets").getByRole("checkbox")).toHaveCount(1);
    await page.getByText("Choose from the account's security groups").click();
    await known("security groups").getByRole("checkbox", { name: /^build/ }).check();
    const apart = page.getByText("The subnets are of vpc-0a11ce00000000001, but the security groups are of vpc-0a11ce00000000002.");
    await expect(apart).toBeVisible();
    await known("security groups").getByRole("checkbox", { name: /^build/ }).uncheck();
    await expect(apart).toHaveCount(0);
    await known("security groups").getByRole("checkbox", { name: /^default/ }).check();
    await expect(apart).toHaveCount(0);

    // What is typed counts as much as what is ticked, and an error takes nothing away.
    await page.getByRole("button", { name: "Add subnet" }).click();
    await subnet(3).fill("subnet-0a11ce0000000000f");
    await expect(subnet(3)).toHaveAccessibleDescription("The account has none of this id in this region.");
    await page.getByRole("button", { name: "Create service" }).click();
    await expect(page.getByText("Choose a cluster.")).toBeVisible();
    await expect(subnet(1)).toHaveValue("subnet-0a11ce00000000001");
    await expect(subnet(3)).toHaveValue("subnet-0a11ce0000000000f");
    await expect(page.getByLabel("Security group, row 1", { exact: true })).toHaveValue("sg-0a11ce00000000001");
  });
});

test.describe("without a right", () => {
  // Bad weather is for everybody: this story has a console of its own.
  test.use({
    baseURL: async ({ ownConsole }, use) => use(ownConsole.url),
    storageState: { cookies: [], origins: [] },
  });

  test("a field says which right is missing, and takes what is typed", async ({ page, ownConsole }) => {
    test.slow();
    await firstAdministrator(page, ownConsole);
    await open(page, "/weather");
    await page.getByLabel("Denied operation", { exact: true }).selectOption("ListRoles");
    await page.getByRole("button", { name: "Set denied operation" }).click();
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toContainText("ListRoles");

    await open(page, "/task-definitions/new");
    const role = combobox(page, "Execution role");
    await role.click();
    await expect(page.getByText("The console may not list roles: grant iam:ListRoles")).toBeVisible();
    await bothThemes(page, () => expectNoAxeViolations(page));
    await page.keyboard.type("arn:aws:iam::000000000000:role/typed");
    await written(page, (document) => document.executionRoleArn).toBe("arn:aws:iam::000000000000:role/typed");
    // The other lists are none the worse for it.
    await combobox(page, "Image").click();
    await expect(options(page, "images").first()).toBeVisible();

    await open(page, "/weather");
    await page.getByLabel("Denied operation", { exact: true }).selectOption("DescribeSubnets");
    await page.getByRole("button", { name: "Set denied operation" }).click();
    await expect(page.getByRole("complementary", { name: "Sandbox" })).toContainText("DescribeSubnets");
    await open(page, "/tasks/run");
    await page.getByText("Choose from the account's subnets").click();
    await expect(page.getByText("The console may not list subnets: grant ec2:DescribeSubnets")).toBeVisible();
    await page.getByLabel("Subnet, row 1", { exact: true }).fill("subnet-0a1b2c3d");
    await page.getByText("Choose from the account's security groups").click();
    await expect(page.getByRole("group", { name: "Known security groups" }).getByRole("checkbox").first()).toBeVisible();
  });
});
