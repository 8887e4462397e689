// What comes out during the crash test: rounds of the shipped history.

/** Rounds that come out at once, when they are looked for, and how many events they are to a team. */
export interface News {
  day: string;
  at: string;
  rounds: readonly string[];
  events: number;
}

/** What has happened on a first look is told to nobody. */
export const BEFORE = { day: '2024-05-29', at: '2024-05-29T18:00:00Z' };
export const FIRST_NEWS: News = {
  day: '2024-05-31',
  at: '2024-05-31T16:00:00Z',
  rounds: ['296', '297'],
  events: 5,
};
export const SECOND_NEWS: News = {
  day: '2024-07-05',
  at: '2024-07-05T16:00:00Z',
  rounds: ['299', '300', '301'],
  events: 5,
};
