// events -> what is posted to an endpoint.

/** One request. */
export interface Post {
  url: string;
  /** JSON. */
  body: string;
}
