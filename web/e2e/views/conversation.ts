import { expect, type Locator, type Page } from '@playwright/test';

/** The messages of an appointment, wherever they are shown. */
export class Conversation {
  readonly page: Page;
  readonly panel: Locator;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByTestId('messages').filter({ visible: true });
    this.field = this.panel.getByRole('textbox');
  }

  open(appointmentId: string): Promise<unknown> {
    return this.page.goto(`/appointments/${appointmentId}/messages`);
  }

  async write(body: string): Promise<void> {
    await this.field.fill(body);
    await this.field.press('Enter');
  }

  message(body: string): Locator {
    return this.panel.getByTestId('message').filter({ hasText: body });
  }

  waiting(body: string): Locator {
    return this.panel.getByTestId('outbox-message').filter({ hasText: body });
  }

  async expectMessage(body: string): Promise<void> {
    await expect(this.message(body)).toHaveCount(1);
    await expect(this.message(body)).toBeVisible();
  }

  async expectRead(body: string): Promise<void> {
    await expect(this.message(body).getByText('Read', { exact: true })).toBeAttached();
  }
}
