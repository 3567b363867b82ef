import type { Page } from '@playwright/test';
import { CallView } from '../views/call-view.ts';
import { Conversation } from '../views/conversation.ts';
import type { Credentials, Login } from './backend.ts';

/** Somebody in front of a window, with an account. */
export class Person {
  readonly page: Page;
  readonly account: Credentials;
  readonly #login: Login | null;
  readonly call: CallView;
  readonly conversation: Conversation;

  constructor(page: Page, account: Credentials, login: Login | null = null) {
    this.page = page;
    this.account = account;
    this.#login = login;
    this.call = new CallView(page);
    this.conversation = new Conversation(page);
  }

  /** Of somebody who came in with a login; who logs in by hand has none here. */
  get login(): Login {
    if (this.#login === null) throw new Error(`${this.name} has logged in by hand`);
    return this.#login;
  }

  get name(): string {
    return this.account.displayName;
  }
}
