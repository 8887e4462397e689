// The contract of a channel: one notice in, one result out. Retrying is decided elsewhere.

import type { Cause, ChannelName, Delivery, NoticeOf } from '../match/notice.ts';

/** How one attempt ended. */
export interface DeliveryResult extends Pick<Delivery, 'outcome' | 'detail'> {
  /** What else it says, see `Cause`; left out where it says nothing. */
  cause?: Cause;
  /** The seconds a recipient that refused asked to be left alone for. */
  retryAfter?: number;
  status?: number;
  answer?: string;
}

/** A way to hand notices over. Loads its libraries when it is opened, not before. */
export interface Channel<Name extends ChannelName = ChannelName> {
  name: Name;
  /** Never throws for what a recipient or a network does: that is a result. */
  send(notice: NoticeOf<Name>): Promise<DeliveryResult>;
  close(): Promise<void>;
}
