import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import type { World } from "./support/console.ts";

/** The machine's own Chromium where there is one; else Playwright brings its own. */
const chromium =
  process.env.BERTH_CHROMIUM ?? (existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);

/** A picture book is made on request, not on every run; it shows every world. */
const pictures = (["demo", "empty", "large", "unreachable"] as const).map((world) => ({
  name: world,
  testMatch: "screenshots.spec.ts",
  use: { world },
}));

/** The main story takes longest: it begins first, and the others go on beside it. */
const stories = [
  { name: "main story", testMatch: "main-story.spec.ts" },
  { name: "tests", testIgnore: ["main-story.spec.ts", "screenshots.spec.ts"] },
];

/** What is measured has the machine for itself. */
const benches = [{ name: "bench", testMatch: "bench/*.bench.ts" }];

function projects() {
  if (process.env.BERTH_SCREENSHOTS) return pictures;
  return process.env.BERTH_BENCH ? benches : stories;
}

export default defineConfig<object, { world: World }>({
  projects: projects(),
  outputDir: "test-results",
  reporter: "list",
  forbidOnly: !!process.env.CI,
  // The stories mostly wait for their world, which lives in real time.
  workers: process.env.BERTH_BENCH ? 1 : 2,
  // A story that passes at the second try has found something.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    // A control that is missing or disabled should fail its own step, not eat the whole test's time.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    // Snapshots of a large page for a trace would be most of what a bench measures.
    trace: process.env.BERTH_BENCH ? "off" : "retain-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
