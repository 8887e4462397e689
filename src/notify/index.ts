// The list of channels. A new channel is one file here and one line below.

import type { ChannelName } from '../match/notice.ts';
import type { Channel } from './channel.ts';
import type { EmailOptions } from './email.ts';
import type { OperatorOptions } from './operator.ts';
import type { WebhookOptions } from './webhook.ts';

export type ChannelOptions = EmailOptions & OperatorOptions & WebhookOptions;

/** Loaded when first used: most runs have nothing to send. */
const CHANNELS: { [Name in ChannelName]: (options: ChannelOptions) => Promise<Channel<Name>> } = {
  email: async (options) => (await import('./email.ts')).openEmail(options),
  operator: async (options) => (await import('./operator.ts')).openOperator(options),
  webhook: async (options) => (await import('./webhook.ts')).openWebhook(options),
};

/** The channels of one run: each is opened when first used, and all that were are closed together. */
export interface Channels {
  open<Name extends ChannelName>(name: Name): Promise<Channel<Name>>;
  close(): Promise<void>;
}

export function openChannels(options: ChannelOptions): Channels {
  const opened = new Map<ChannelName, Promise<Pick<Channel, 'close'>>>();
  const own = { ...options, warn: once(options.warn) };
  return {
    open<Name extends ChannelName>(name: Name) {
      const channel = opened.get(name) ?? CHANNELS[name](own);
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

/** Two channels may have the same to say of one setting. */
function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}
