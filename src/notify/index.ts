// The list of channels. A new channel is one file here and one line below.

import type { ChannelName } from '../match/notice.ts';
import type { Channel } from './channel.ts';
import type { EmailOptions } from './email.ts';
import type { WebhookOptions } from './webhook.ts';

export type ChannelOptions = EmailOptions & WebhookOptions;

/** Loaded when first used: most runs have nothing to send. */
const CHANNELS: { [Name in ChannelName]: (options: ChannelOptions) => Promise<Channel<Name>> } = {
  email: async (options) => (await import('./email.ts')).openEmail(options),
  webhook: async (options) => (await import('./webhook.ts')).openWebhook(options),
};

/** The channels of one run: each is opened when first used, and all that were are closed together. */
export interface Channels {
  open<Name extends ChannelName>(name: Name): Promise<Channel<Name>>;
  close(): Promise<void>;
}

export function openChannels(options: ChannelOptions): Channels {
  const opened = new Map<ChannelName, Promise<Pick<Channel, 'close'>>>();
  return {
    open<Name extends ChannelName>(name: Name) {
      const channel = opened.get(name) ?? CHANNELS[name](options);
      opened.set(name, channel);
      return channel as Promise<Channel<Name>>;
    },
    async close() {
      // One that could not be opened was told of when it was used.
      const channels = await Promise.allSettled(opened.values());
      await Promise.all(channels.map((channel) => channel.status === 'fulfilled' && channel.value.close()));
    },
  };
}
