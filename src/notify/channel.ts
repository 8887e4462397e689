// The contract of a channel: one notice in, one result out. Retrying is decided elsewhere.

import type { ChannelName, Delivery, NoticeOf } from '../match/notice.ts';

/** How one attempt ended. `retryAfter`: the seconds a recipient that refused asked to be left alone for. */
export type DeliveryResult = Pick<Delivery, 'outcome' | 'detail'> & { retryAfter?: number };

/** A way to hand notices over. Loads its libraries when it is opened, not before. */
export interface Channel<Name extends ChannelName = ChannelName> {
  name: Name;
  /** Never throws for what a recipient or a network does: that is a result. */
  send(notice: NoticeOf<Name>): Promise<DeliveryResult>;
  close(): Promise<void>;
}
