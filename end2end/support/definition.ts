import { expect, type Page } from "@playwright/test";

/** The text beside the form of a task definition. */
export const text = (page: Page) => page.getByLabel("Document", { exact: true });

/** The document as that text says it now. The form's own change is in it a moment after the typing has paused. */
export const document = async (page: Page) => JSON.parse(await text(page).inputValue());

/**
 * What that text comes to say, or what it comes to say at one place. On the way there it may not have the place
 * yet, or be no JSON: a poll that throws would end there, so that the error stands for what was read.
 */
export const written = (page: Page, read: (document: any) => unknown = (document) => document) =>
  expect.poll(() => document(page).then(read).catch((error: Error) => error));
