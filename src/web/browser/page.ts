// The few things of a browser that are used here: the program as a whole is not written for one.

export interface PageElement {
  innerHTML: string;
  /** Of a field. */
  value: string;
  focus(): void;
  insertAdjacentHTML(where: 'afterbegin', html: string): void;
  querySelector(selector: string): PageElement | null;
  addEventListener(type: 'submit', listener: (event: SubmitEvent) => void): void;
}

export interface SubmitEvent {
  preventDefault(): void;
  /** The form. */
  target: unknown;
}

export interface Browser {
  document: Pick<PageElement, 'querySelector'>;
  /** With its question mark. */
  search: string;
  /** What is filled in a form. */
  fieldsOf(form: unknown): Iterable<readonly [string, unknown]>;
  /** What a file of this site holds; `path` as a link of the page. Rejects where there is none. */
  load(path: string): Promise<unknown>;
  now(): Date;
}
