import { isOwnAddress } from './app-page.ts';

/** What is looked at of a message from a page. */
export interface MessageSender {
  /** The frame that sent it; null when it has navigated or been closed since. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
  readonly sender: object;
}

/** Only the main frame of our own page in our own window may ask for a port to the bench. */
export function isOwnSender(message: MessageSender, windows: readonly object[]): boolean {
  const frame = message.senderFrame;
  return frame !== null && frame.parent === null && isOwnAddress(frame.url) && windows.includes(message.sender);
}
