import { expect, type Page } from "@playwright/test";
import { open } from "./checks.ts";

/** Every page of the console, once. A page whose address holds an id says how to find one. */
export interface ConsolePage {
  name: string;
  as: "administrator" | "nobody";
  address: string | ((page: Page) => Promise<string>);
}

/** The first link of a list whose address looks like this. */
export const firstLink = (list: string, address: RegExp) => async (page: Page) => {
  await page.goto(list);
  for (const link of await page.getByRole("main").getByRole("link").all()) {
    const href = await link.getAttribute("href");
    if (href && address.test(href)) return href;
  }
  throw new Error(`no link like ${address} on ${list}`);
};

export const pages: ConsolePage[] = [
  { name: "sign in", as: "nobody", address: "/sign-in" },
  { name: "no such page", as: "nobody", address: "/no-such-page" },
  { name: "no such status page", as: "nobody", address: "/status/no-such-page" },
  { name: "clusters", as: "administrator", address: "/clusters" },
  { name: "new cluster", as: "administrator", address: "/clusters/new" },
  { name: "cluster", as: "administrator", address: "/clusters/production" },
  { name: "services", as: "administrator", address: "/services" },
  { name: "services, none match", as: "administrator", address: "/services?q=no-such-service" },
  { name: "new service", as: "administrator", address: "/services/new" },
  { name: "service", as: "administrator", address: "/clusters/production/services/checkout-api" },
  { name: "tasks", as: "administrator", address: "/tasks" },
  { name: "run tasks", as: "administrator", address: "/tasks/run" },
  { name: "task", as: "administrator", address: firstLink("/tasks", /\/tasks\/[0-9a-f]{32}$/) },
  { name: "task definitions", as: "administrator", address: "/task-definitions" },
  { name: "new task definition", as: "administrator", address: "/task-definitions/new" },
  { name: "drafts", as: "administrator", address: "/task-definitions/drafts" },
  { name: "templates", as: "administrator", address: "/task-definitions/templates" },
  { name: "family", as: "administrator", address: firstLink("/task-definitions", /^\/task-definitions\/(?!new|drafts|templates)[^/?]+$/) },
  {
    name: "revision",
    as: "administrator",
    address: async (page) => `${await firstLink("/task-definitions", /^\/task-definitions\/(?!new|drafts|templates)[^/?]+$/)(page)}/1`,
  },
  { name: "status pages", as: "administrator", address: "/status-pages" },
  { name: "new status page", as: "administrator", address: "/status-pages/new" },
  { name: "status page", as: "administrator", address: firstLink("/status-pages", /^\/status-pages\/(?!new)[^/?]+$/) },
  { name: "public status page", as: "administrator", address: firstLink("/status-pages", /^\/status\//) },
  { name: "members", as: "administrator", address: "/members" },
  { name: "audit", as: "administrator", address: "/audit" },
  { name: "weather", as: "administrator", address: "/weather" },
];

export async function addressOf(page: Page, which: ConsolePage): Promise<string> {
  return typeof which.address === "string" ? which.address : which.address(page);
}

/** The dialogs, each with the name of its page and the button that opens it. */
export const dialogs: [page: string, button: string][] = [
  ["cluster", "Delete…"],
  ["service", "Scale…"],
  ["service", "Deploy revision…"],
  ["task", "Stop task…"],
  ["revision", "Deregister…"],
  ["status page", "New link…"],
  ["status page", "Delete…"],
  ["members", "Add member"],
  ["clusters", "Keys"],
];

export async function openDialog(page: Page, name: string, button: string): Promise<void> {
  const which = pages.find((one) => one.name === name);
  if (!which) throw new Error(`there is no page ${name}`);
  await open(page, await addressOf(page, which));
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}
