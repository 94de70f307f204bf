import { expect, type Page } from "@playwright/test";
import { hydrated } from "./checks.ts";
import type { Console } from "./console.ts";

export const administrator = {
  name: "Ada Administrator",
  email: "ada@example.org",
  password: "a long enough pass phrase",
};

/** Follows the one-time link and leaves the page signed in as the first administrator. */
export async function firstAdministrator(page: Page, console: Console): Promise<void> {
  await page.goto(console.setUpLink());
  await page.getByLabel("Name", { exact: true }).fill(administrator.name);
  await page.getByLabel("Email").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.waitForURL(/\/clusters/);
  await expect(page.getByRole("heading", { level: 1, name: "Clusters" })).toBeVisible();
}

/** From any address to the clusters, as this member. */
export async function signIn(page: Page, member: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, member);
  await hydrated(page);
}

/** Needs no WebAssembly. */
export async function fillSignIn(page: Page, member: { email: string; password: string }): Promise<void> {
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/clusters/);
}

/** Ends the session through the member's menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("banner").getByText(administrator.name).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
}
