// What one run of the job came to: what its summary, its outputs and its annotations are made of.

import type { RunReport } from '../cli/run.ts';
import type { Draw } from '../draw/draw.ts';
import type { Event } from '../event/event.ts';
import type { CarriedIn } from '../journey/carry.ts';
import type { Rehearsed } from '../journey/rehearse.ts';
import type { ChannelName } from '../match/notice.ts';
import type { Told } from '../store/notices.ts';
import type { Stop } from '../store/stops.ts';

export interface Ended {
  report: JobReport;
  /** The draws, or what is known of them, are other than before, whatever came after that was noticed. */
  changed: boolean;
  /** What went wrong that is no source's: faults of ours, and a state that could not be read or written. */
  faults: unknown[];
}

export interface JobReport {
  /** Nothing was sent and nothing was written. */
  dryRun: boolean;
  /** Nothing was remembered before: the branch of the state begins with this run. */
  firstRun: boolean;
  /** What the looks came to, in a patrol of all of them together. */
  sources: RunReport['sources'];
  /** Since when those have failed that are failing, by source id; RFC 3339. Who is not in it: that is not known. */
  failingSince: Partial<Record<string, string>>;
  /** Detected in this run, oldest first. */
  events: Event[];
  /** The draws that are new, oldest first. */
  draws: Draw[];
  /** Numbers only: who was told is nobody's business. In a dry run `queued` would have been told. */
  told: Record<ChannelName, Told>;
  /** Of the ledger. */
  waiting: CarriedIn['waiting'];
  /** Where mail waits: why, with no address in it, and since when the operator knows; `null`: it goes out. */
  mailStopped: Pick<Stop, 'reason' | 'told'> | null;
  /** Another run was quicker: what this one found was left to it. */
  raceLost: boolean;
  /** What became of a rehearsal; `null` where there was none. */
  rehearsed: Rehearsed | null;
  /** The pages, and the state as one can look at it; https, `null` where there are none. */
  siteUrl: string | null;
  stateUrl: string | null;
}
