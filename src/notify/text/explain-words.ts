// everything known about a draw -> words: what a language must provide to explain it.

export interface ExplainWords {
  headings: Record<'comparison' | 'audience' | 'list' | 'pool' | 'origin', string>;
  labels: Record<
    | 'timeGiven'
    | 'version'
    | 'programs'
    | 'category'
    | 'certainty'
    | 'source'
    | 'occupations'
    | 'noc'
    | 'occupation'
    | 'score'
    | 'candidates'
    | 'atOrAbove'
    | 'corrected'
    | 'what'
    | 'how'
    | 'officialPage'
    | 'readFrom'
    | 'takenIn'
    | 'fetched'
    | 'firstSeen'
    | 'revision',
    string
  >;
  contradictsDate(issued: string): string;
  withdrawn(since: string): string;
  /** There is none of its type before it. */
  noEarlier: string;
  /** Both ends of a band belong to it. */
  band(from: number, to: number): string;
  /** Stands beside the band that holds the cut-off. */
  cutoffHere(cutoff: number): string;
  bandsDiffer(sum: string): string;
  shipped(file: string): string;
  withStatus(url: string, status: number): string;
}
